package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.Stop;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;

/** The worker with a model that does nothing over records of 1 KB: all that is left is the pipeline's own cost. */
final class Overhead {
    private static final int RECORD_BYTES = 1024;

    private final Rig rig;
    private final Stop stop;

    Overhead(Rig rig, Stop stop) {
        this.rig = rig;
        this.stop = stop;
    }

    Timed run(int count) {
        try (Course course = rig.course()) {
            Timed timed = new Trial(course, new WorkerContender("overhead", new NoopModel()), stop)
                    .run(count, requests(course));
            Outcomes.read(course, course.config().topics().outcomes(), count, (result, index) -> {});
            return timed;
        }
    }

    /** Requests of exactly 1 KB in the topic, each with a text of its own. */
    static Backlog.Requests requests(Course course) {
        Codec<Request> codec =
                course.config().codecs().of(course.config().topics().work(), Request.class);
        String filler = "parcel late again ".repeat(RECORD_BYTES / 16);
        int half = RECORD_BYTES / 2;
        int around = codec.encode(request(0, filler, half)).length - half;
        return index -> request(index, filler, RECORD_BYTES - around);
    }

    private static Request request(int index, String filler, int length) {
        String id = Outcomes.id(index);
        return Course.request(id, (id + " " + filler).substring(0, length));
    }
}

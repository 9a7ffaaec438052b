package dev.forebay.deploy.bench;

import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;

/** The worker with a model that does nothing over records of 1 KB: all that is left is the pipeline's own cost. */
final class Overhead {
    /** With the executors and the budget that a worker has where nothing was measured. */
    static final Served NOOP = new Served(new NoopModel(), 2, 1024);

    private static final int RECORD_BYTES = 1024;

    private final Scene scene;

    Overhead(Scene scene) {
        this.scene = scene;
    }

    Timed run(int count) {
        try (Course course = scene.rig().course()) {
            Timed timed =
                    new Trial(course, new WorkerContender("overhead", NOOP), scene.stop()).run(count, requests(course));
            Outcomes.read(course, count, (result, index) -> {});
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
        return Course.request(id, (id + " " + filler).substring(0, length), Lane.LIVE);
    }
}

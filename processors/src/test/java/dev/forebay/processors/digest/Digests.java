package dev.forebay.processors.digest;

import dev.forebay.processors.digest.Digest.Asking;
import dev.forebay.processors.digest.Digest.Bounds;
import dev.forebay.processors.digest.Digest.Late;
import dev.forebay.processors.digest.Digest.Timing;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.MapShelf;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Digests for tests, and a gathering over maps in memory whose clock the test turns. */
final class Digests {
    static final Duration GRACE = Duration.ofSeconds(10);
    static final WindowRule TUMBLING = fixed(60, 60);
    static final Bounds BOUNDS = new Bounds(200, 20_000, 2_000);

    private Digests() {}

    static WindowRule fixed(int size, int every) {
        return new WindowRule.Fixed(Duration.ofSeconds(size), Duration.ofSeconds(every));
    }

    static WindowRule session(int gap, int longest) {
        return new WindowRule.Session(Duration.ofSeconds(gap), Duration.ofSeconds(longest));
    }

    static Digest digest(WindowRule rule, Late late, Bounds bounds) {
        return new Digest(
                "complaints",
                new Choice(Optional.empty(), new Grouping.ByAttribute("country")),
                new Timing(rule, GRACE, late),
                new Asking("digest", Lane.LIVE, bounds));
    }

    /** A digest under a clock. */
    static final class Run {
        final Digest digest;
        Instant now;
        private final Gathering gathering;
        private final Map<String, Span> closings = new TreeMap<>();
        private final MapShelf shelf = new MapShelf();
        private long offset;

        Run(Digest digest, Instant now) {
            this.digest = digest;
            this.now = now;
            this.gathering =
                    new Gathering(Map.of(digest.name(), digest), new OpenWindows(shelf), new MapClosings(closings));
        }

        boolean take(String country, String id, Instant issued) {
            return take(country, id, issued, "text of " + id);
        }

        boolean take(String country, String id, Instant issued, String text) {
            Request request = Request.newBuilder()
                    .setRequestId(id)
                    .setTask("triage")
                    .setText(text)
                    .setIssuedAt(issued)
                    .build();
            Group group = new Group(digest.name(), "default", country);
            return gathering.take(
                    GroupEvent.of(group, digest, request, new Position("forebay.work", 0, offset++)), now);
        }

        /** What is closed while the clock goes on in steps of a second. */
        List<Closed> pass(Duration time) {
            List<Closed> closed = new ArrayList<>();
            for (long second = 0; second < time.toSeconds(); second++) {
                now = now.plusSeconds(1);
                closed.addAll(gathering.due(now));
            }
            return closed;
        }

        /** How many requests there were. */
        long taken() {
            return offset;
        }

        /** How much is kept. */
        int kept() {
            return shelf.size();
        }

        /** One look, after a pause perhaps. */
        List<Closed> look() {
            return gathering.due(now);
        }
    }

    static List<String> texts(Closed closed) {
        return closed.texts().stream()
                .sorted((a, b) -> Long.compare(a.time(), b.time()))
                .map(KeptText::text)
                .toList();
    }

    /** By group and id, with all digits. */
    private record MapClosings(Map<String, Span> spans) implements Closings {
        @Override
        public void add(WindowKey key, Span span, Instant now) {
            spans.put(name(key.group(), key.id()), span);
        }

        @Override
        public List<Span> between(Group group, Span ids, Instant now) {
            return List.copyOf(((TreeMap<String, Span>) spans)
                    .subMap(name(group, ids.start()), true, name(group, ids.end()), true)
                    .values());
        }

        private static String name(Group group, long id) {
            return group.path() + " " + String.format("%020d", id);
        }
    }
}

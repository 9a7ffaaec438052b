package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Events;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many JSON events of 1 KB one core maps, admits and encodes in a second of its time, without Kafka around it. */
final class IntakeMeasurement {
    private static final int EVENTS = Integer.getInteger("forebay.intake.events", 300_000);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private final Terminals terminals = new Terminals(Topics.defaults(), codecs);

    @Test
    void printsEventsPerSecondOfEachMapping() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put(
                "text, id, two attributes",
                "format: json, text: /message/body, id: /id, attributes: {a: /a, b: /list}");
        sources.put("template of three places", "format: json, template: '{/a}: {/message/body} {/gone?}', id: /id");
        sources.put("two tasks", "format: json, text: /message/body, id: /id, task: [triage, digest]");
        sources.put(
                "task and tenant by fields",
                "format: json, text: /message/body, tenant-from: /a, task-from:" + " {at: /kind, tasks: {k: triage}}");
        sources.put("array of ten elements", "format: json, each: /list, text: /body, id: /id");
        sources.put("CloudEvents in headers", "format: json, text: /message/body, cloudevents: true");

        sources.forEach((name, source) -> {
            Intake intake = Intakes.of(source, codecs);
            Event event =
                    Events.of(json(), "ce_specversion", "1.0", "ce_id", "e-1", "ce_source", "/shop", "ce_type", "note");
            run(intake, event);
            System.out.printf("%-28s %,9.0f events/s%n", name, run(intake, event));
        });
    }

    /** Events per second of the thread's processor time. */
    private double run(Intake intake, Event event) {
        long bytes = 0;
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < EVENTS; i++) {
            bytes += intake.take(event, NOW)
                    .admissions()
                    .mapToLong(admission -> admission.<Long>fold(
                            admitted -> (long) terminals.work(admitted.request()).length, refused -> {
                                throw new AssertionError(refused.reason());
                            }))
                    .sum();
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - before;
        if (bytes == 0) {
            throw new AssertionError("nothing was made");
        }
        return EVENTS * 1e9 / nanos;
    }

    private static String json() {
        String list = "{\"body\":\"Where is my card?\",\"n\":7},".repeat(9) + "{\"body\":\"Bye\"}";
        String rest = "{\"id\":\"e-1\",\"a\":\"acme\",\"kind\":\"k\",\"list\":[" + list + "],\"message\":{\"body\":\"";
        return rest + "x".repeat(1_024 - rest.length() - 3) + "\"}}";
    }
}

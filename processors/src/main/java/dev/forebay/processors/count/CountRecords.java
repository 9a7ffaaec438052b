package dev.forebay.processors.count;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a window: one for the task, one for each label and one for each code. Their keys are made of the
 * window's start, tenant, task and name, and so are the same when the window is told again.
 */
final class CountRecords {
    private CountRecords() {}

    /** A key and a value. */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    record Entry(String key, byte[] value) {
        byte[] keyBytes() {
            return key.getBytes(StandardCharsets.UTF_8);
        }
    }

    static List<Entry> of(CountWindow window) {
        CountWindow.Counts counts = window.counts();
        List<Entry> records = new ArrayList<>();
        ObjectNode task = record(window, "task");
        task.put("answers", counts.answers()).put("reviewed", counts.reviewed());
        if (counts.answers() > 0) {
            task.put("review_share", (double) counts.reviewed() / counts.answers());
        }
        task.put(
                "rejected",
                counts.codes().values().stream().mapToLong(count -> count).sum());
        records.add(new Entry(key(window, "task"), CountJson.bytes(task)));
        counts.labels()
                .forEach((label, count) -> records.add(new Entry(
                        key(window, "label/" + label),
                        CountJson.bytes(
                                record(window, "label").put("label", label).put("count", count)))));
        counts.codes()
                .forEach((code, count) -> records.add(new Entry(
                        key(window, "code/" + code),
                        CountJson.bytes(record(window, "code").put("code", code).put("count", count)))));
        return records;
    }

    private static String key(CountWindow window, String name) {
        return Instant.ofEpochMilli(window.start()) + "/" + window.subject().tenant() + "/"
                + window.subject().task() + "/" + name;
    }

    private static ObjectNode record(CountWindow window, String kind) {
        return CountJson.object()
                .put("kind", kind)
                .put("window_start", Instant.ofEpochMilli(window.start()).toString())
                .put("window_end", Instant.ofEpochMilli(window.until()).toString())
                .put("tenant", window.subject().tenant())
                .put("task", window.subject().task());
    }
}

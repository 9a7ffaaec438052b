package dev.forebay.deploy.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.deploy.pipeline.RecordJson;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what became of an event: as lines for a person, or as one JSON object. */
final class TrialReport {
    private static final JsonMapper JSON = new JsonMapper();

    private final RecordJson records;

    TrialReport(RecordJson records) {
        this.records = records;
    }

    /** The event, a line for each step and one for each record that came of it. */
    List<String> lines(Trial.Account account) {
        List<String> lines = new ArrayList<>();
        lines.add("line " + account.event().line() + "  " + account.event().topic());
        for (Trial.Note note : account.notes()) {
            lines.add(line(note.step(), note.what()));
        }
        for (ProducerRecord<byte[], byte[]> end : account.ends()) {
            lines.add(line(
                    "=> " + end.topic(),
                    "key " + records.value(end.key()) + "  " + headers(end) + records.value(end.value())));
        }
        return lines;
    }

    /** {@code {"line", "topic", "steps": [{"step", "what"}], "records": [{"topic", "key", "headers", "value"}]}}. */
    String json(Trial.Account account) {
        ObjectNode object = JSON.createObjectNode();
        object.put("line", account.event().line());
        object.put("topic", account.event().topic());
        ArrayNode steps = object.putArray("steps");
        account.notes()
                .forEach(note -> steps.addObject().put("step", note.step()).put("what", note.what()));
        ArrayNode ends = object.putArray("records");
        account.ends().forEach(end -> {
            ObjectNode record = ends.addObject();
            record.put("topic", end.topic());
            record.set("key", records.value(end.key()));
            record.set("headers", records.headers(end.headers()));
            record.set("value", records.value(end.value()));
        });
        return object.toString();
    }

    private String headers(ProducerRecord<byte[], byte[]> record) {
        JsonNode headers = records.headers(record.headers());
        return headers.isEmpty() ? "" : "headers " + headers + "  ";
    }

    private static String line(String step, String what) {
        return String.format("  %-10s  %s", step, what);
    }
}

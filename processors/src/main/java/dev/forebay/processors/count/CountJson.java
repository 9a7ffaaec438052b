package dev.forebay.processors.count;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.processors.count.CountEvent.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is counted, and the counts, as JSON on topics and in stores. */
final class CountJson {
    private static final JsonMapper JSON = new JsonMapper();

    private CountJson() {}

    /** The key of a subject: what has the same is counted in one partition. */
    static byte[] key(Subject subject) {
        return bytes(JSON.createArrayNode().add(subject.tenant()).add(subject.task()));
    }

    static byte[] event(CountEvent event) {
        return bytes(JSON.createObjectNode()
                .put("tenant", event.subject().tenant())
                .put("task", event.subject().task())
                .put("kind", event.kind().name().toLowerCase(Locale.ROOT))
                .put("name", event.name())
                .put("time", event.time()));
    }

    /** Empty where the bytes are no event. */
    static Optional<CountEvent> event(byte @Nullable [] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes == null ? new byte[0] : bytes);
            boolean whole = json.path("tenant").isTextual()
                    && json.path("task").isTextual()
                    && json.path("name").isTextual()
                    && json.path("time").isIntegralNumber();
            for (Kind kind : Kind.values()) {
                if (whole
                        && kind.name()
                                .toLowerCase(Locale.ROOT)
                                .equals(json.path("kind").asText())) {
                    return Optional.of(new CountEvent(
                            new Subject(
                                    json.get("tenant").textValue(),
                                    json.get("task").textValue()),
                            kind,
                            json.get("name").textValue(),
                            json.get("time").longValue()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static byte[] window(CountWindow window) {
        ObjectNode json = JSON.createObjectNode();
        json.put("tenant", window.subject().tenant())
                .put("task", window.subject().task());
        json.put("start", window.start()).put("until", window.until());
        json.put("arrived", window.state().arrived()).put("due", window.state().due());
        json.put("told", window.state().told());
        json.put("answers", window.counts().answers())
                .put("reviewed", window.counts().reviewed());
        json.set("labels", JSON.valueToTree(window.counts().labels()));
        json.set("codes", JSON.valueToTree(window.counts().codes()));
        return bytes(json);
    }

    static CountWindow window(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new CountWindow(
                    new Subject(json.path("tenant").asText(), json.path("task").asText()),
                    json.path("start").asLong(),
                    json.path("until").asLong(),
                    new CountWindow.Counts(
                            json.path("answers").asLong(),
                            json.path("reviewed").asLong(),
                            numbers(json.path("labels")),
                            numbers(json.path("codes"))),
                    new CountWindow.State(
                            json.path("arrived").asLong(),
                            json.path("due").asLong(),
                            json.path("told").asBoolean()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts and numbers can be written", e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static SortedMap<String, Long> numbers(JsonNode json) {
        SortedMap<String, Long> numbers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            numbers.put(entry.getKey(), entry.getValue().asLong());
        }
        return numbers;
    }
}

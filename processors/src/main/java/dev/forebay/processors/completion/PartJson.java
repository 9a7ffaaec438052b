package dev.forebay.processors.completion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.processors.completion.OpenEvent.Progress;
import dev.forebay.processors.completion.PartEvent.Ended;
import dev.forebay.processors.completion.PartEvent.Taken;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.schemas.record.EndKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What is told of parts, and what is known of events, as JSON on the topic and in the store. */
final class PartJson {
    private static final JsonMapper JSON = new JsonMapper();

    private PartJson() {}

    static byte[] taken(TakenApart taken) {
        ObjectNode json = JSON.createObjectNode();
        write(json, taken.at(), taken.parts(), taken.tasks(), taken.undivided());
        return bytes(json.put("taken", Numbers.written(taken.taken())));
    }

    static byte[] ended(PartKey request, End end) {
        return bytes(written(end).put("part", request.part()).put("task", request.task()));
    }

    /** Empty where the bytes are neither. */
    static Optional<PartEvent> read(byte @Nullable [] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes == null ? new byte[0] : bytes);
            return json.has("taken") ? takenApart(json).map(Taken::new) : endedPart(json);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<TakenApart> takenApart(JsonNode json) {
        int parts = json.path("parts").isInt() ? json.get("parts").intValue() : 0;
        Optional<List<String>> tasks = tasks(json.path("tasks"));
        if (parts < 1 || parts > TakenApart.MOST_PARTS || tasks.isEmpty() || !isPosition(json)) {
            return Optional.empty();
        }
        return Numbers.read(json.path("taken").asText(), parts)
                .filter(taken -> !taken.isEmpty())
                .flatMap(taken -> Numbers.read(json.path("undivided").asText(), parts)
                        .map(undivided -> new TakenApart(position(json), parts, tasks.get(), taken, undivided)));
    }

    private static Optional<List<String>> tasks(JsonNode json) {
        List<String> tasks = new ArrayList<>();
        json.forEach(task -> tasks.add(task.isTextual() ? task.textValue() : ""));
        return !json.isArray() || tasks.size() > TakenApart.MOST_TASKS || tasks.contains("")
                ? Optional.empty()
                : Optional.of(tasks);
    }

    private static Optional<PartEvent> endedPart(JsonNode json) {
        return kind(json)
                .filter(kind -> json.path("part").isInt()
                        && json.path("task").isTextual()
                        && json.path("at").isIntegralNumber())
                .map(kind -> new Ended(
                        new PartKey(
                                json.get("part").intValue(), json.get("task").textValue()),
                        end(json, kind)));
    }

    static byte[] end(End end) {
        return bytes(written(end));
    }

    static End end(byte[] bytes) {
        JsonNode json = stored(bytes);
        return end(json, kind(json).orElseThrow());
    }

    private static ObjectNode written(End end) {
        ObjectNode json = JSON.createObjectNode().put("end", label(end.kind()));
        if (end.label() != null) {
            json.put("label", end.label());
        }
        if (end.score() != null) {
            json.put("score", end.score());
        }
        if (end.code() != null) {
            json.put("code", end.code());
        }
        return json.put("at", end.at());
    }

    private static End end(JsonNode json, EndKind kind) {
        return new End(
                kind,
                text(json.path("label")),
                json.path("score").isNumber() ? json.get("score").doubleValue() : null,
                text(json.path("code")),
                json.path("at").longValue());
    }

    private static Optional<EndKind> kind(JsonNode json) {
        for (EndKind kind : EndKind.values()) {
            if (kind != EndKind.MISSING && label(kind).equals(json.path("end").textValue())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String label(EndKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static byte[] event(OpenEvent event) {
        ObjectNode json = JSON.createObjectNode()
                .put("tenant", event.key().tenant())
                .put("event_id", event.key().eventId());
        write(json, event.at(), event.parts(), event.tasks(), event.undivided());
        Progress progress = event.progress();
        json.put("takings", progress.takings()).put("open", progress.open());
        return bytes(json.put("deadline", progress.deadline())
                .put("due", progress.due())
                .put("told", progress.told()));
    }

    static OpenEvent event(byte[] bytes) {
        JsonNode json = stored(bytes);
        int parts = json.path("parts").asInt();
        return new OpenEvent(
                new EventKey(json.path("tenant").asText(), json.path("event_id").asText()),
                position(json),
                parts,
                tasks(json.path("tasks")).orElseThrow(),
                Numbers.read(json.path("undivided").asText(), parts).orElseThrow(),
                new Progress(
                        json.path("takings").asInt(),
                        json.path("open").asInt(),
                        json.path("deadline").asLong(),
                        json.path("due").asLong(),
                        json.path("told").asBoolean()));
    }

    private static void write(
            ObjectNode json, Position at, int parts, List<String> tasks, SortedSet<Integer> undivided) {
        json.put("topic", at.topic()).put("partition", at.partition()).put("offset", at.offset());
        ArrayNode names = json.put("parts", parts).putArray("tasks");
        tasks.forEach(names::add);
        json.put("undivided", Numbers.written(undivided));
    }

    private static boolean isPosition(JsonNode json) {
        return json.path("topic").isTextual()
                && json.path("partition").isInt()
                && json.path("offset").isIntegralNumber();
    }

    private static Position position(JsonNode json) {
        return new Position(
                json.path("topic").asText(),
                json.path("partition").asInt(),
                json.path("offset").asLong());
    }

    private static @Nullable String text(JsonNode json) {
        return json.isTextual() ? json.textValue() : null;
    }

    private static JsonNode stored(byte[] bytes) {
        try {
            return Objects.requireNonNull(JSON.readTree(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts and numbers can be written", e);
        }
    }
}

package dev.forebay.deploy.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.deploy.console.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a trial, one JSON object per line: {@code {"topic": ..., "key": ..., "value": ..., "headers": {...},
 * "timestamp": ..., "outcome": {...}}}. A value that is a text is taken as it is, any other JSON as its bytes;
 * {@code value_base64} is for values that are not text.
 */
final class TrialEvents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> KEYS =
            Set.of("topic", "key", "value", "value_base64", "headers", "timestamp", "outcome");

    private final List<String> sources;
    private final List<String> topics;
    private final Optional<String> topic;

    /**
     * @param sources the topics of events; where there is one alone, a line need not name it
     * @param requests the topic of requests, which is read as well
     * @param topic of lines that are values and nothing else; empty where each line says what it is
     */
    TrialEvents(List<String> sources, String requests, Optional<String> topic) {
        this.sources = sources;
        this.topics = Stream.concat(sources.stream(), Stream.of(requests)).toList();
        this.topic = topic;
        topic.ifPresent(name -> require(
                topics.contains(name),
                "--topic " + name + " is no source of this configuration" + "; there are: " + String.join(", ", topics)
                        + "."));
    }

    /** The next event; empty at the end. Lines that are blank are passed over. */
    Optional<TrialEvent> next(BufferedReader lines, long lineBefore) throws IOException {
        long line = lineBefore;
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            line++;
            if (!text.isBlank()) {
                return Optional.of(topic.isPresent() ? bare(line, text, topic.get()) : read(line, text));
            }
        }
        return Optional.empty();
    }

    private static TrialEvent bare(long line, String text, String topic) {
        return new TrialEvent(line, topic, null, bytes(text), Map.of(), null, null);
    }

    private TrialEvent read(long line, String text) {
        JsonNode object = parse(line, text);
        object.fieldNames()
                .forEachRemaining(name -> require(
                        KEYS.contains(name),
                        "Line " + line + " has the key " + name + "; known are " + String.join(", ", sorted())
                                + ". For lines that are values and nothing else, name their topic: --topic "
                                + topics.get(0) + "."));
        return new TrialEvent(
                line,
                topic(line, object.get("topic")),
                text(object.get("key")),
                value(line, object),
                headers(object.get("headers")),
                timestamp(line, object.get("timestamp")),
                present(object.get("outcome")));
    }

    static JsonNode parse(long line, String text) {
        try {
            JsonNode object = JSON.readTree(text);
            require(object.isObject(), "Line " + line + " is no JSON object.");
            return object;
        } catch (JsonProcessingException e) {
            throw new UsageException("Line " + line + " is no JSON object: " + e.getOriginalMessage() + ".");
        }
    }

    private String topic(long line, @Nullable JsonNode node) {
        String name = node == null ? "" : node.asText();
        if (name.isEmpty() && sources.size() == 1) {
            return sources.get(0);
        }
        require(
                topics.contains(name),
                "Line " + line + (name.isEmpty() ? " names no topic" : " names the topic " + name)
                        + "; the sources of this configuration are " + String.join(", ", topics) + ".");
        return name;
    }

    static byte @Nullable [] value(long line, JsonNode object) {
        JsonNode base64 = present(object.get("value_base64"));
        if (base64 == null) {
            return text(object.get("value"));
        }
        try {
            return Base64.getDecoder().decode(base64.asText());
        } catch (IllegalArgumentException e) {
            throw new UsageException("Line " + line + " has a value_base64 that is not Base64.");
        }
    }

    private static Map<String, String> headers(@Nullable JsonNode node) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (node != null) {
            node.properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
        }
        return headers;
    }

    private static @Nullable Instant timestamp(long line, @Nullable JsonNode node) {
        JsonNode given = present(node);
        if (given == null) {
            return null;
        }
        try {
            return given.isNumber() ? Instant.ofEpochMilli(given.asLong()) : Instant.parse(given.asText());
        } catch (DateTimeException e) {
            throw new UsageException("Line " + line
                    + " has a timestamp that is neither milliseconds nor a time such as 2026-11-24T12:00:00Z.");
        }
    }

    static byte @Nullable [] text(@Nullable JsonNode node) {
        JsonNode given = present(node);
        if (given == null) {
            return null;
        }
        return bytes(given.isTextual() ? given.textValue() : given.toString());
    }

    private static @Nullable JsonNode present(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> sorted() {
        return KEYS.stream().sorted().toList();
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new UsageException(problem);
        }
    }
}

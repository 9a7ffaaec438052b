package dev.forebay.processors.digest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.processors.digest.OpenWindow.Alarm;
import dev.forebay.processors.digest.OpenWindow.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeMap;

/** Open windows as they are stored: JSON, so that a later version may add to it and still read what is there. */
final class WindowJson {
    private static final JsonMapper JSON = new JsonMapper();

    private WindowJson() {}

    static byte[] write(OpenWindow window) {
        Group group = window.key().group();
        ObjectNode json = JSON.createObjectNode();
        json.put("digest", group.digest()).put("tenant", group.tenant());
        if (group.value() != null) {
            json.put("group", group.value());
        }
        json.put("id", window.key().id());
        json.put("start", window.span().start()).put("end", window.span().end());
        json.put("texts", window.tally().texts()).put("chars", window.tally().chars());
        json.put("left_out", window.tally().leftOut())
                .put("late", window.tally().late());
        json.put("until", window.alarm().until()).put("arrived", window.alarm().arrived());
        json.put("due", window.alarm().due());
        ObjectNode sources = json.putObject("sources");
        window.sources().ranges().forEach((partition, range) -> sources.putArray(partition)
                .add(range.first())
                .add(range.last()));
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OpenWindow read(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            JsonNode group = json.get("group");
            TreeMap<String, Sources.Range> sources = new TreeMap<>();
            json.path("sources")
                    .properties()
                    .forEach(source -> sources.put(
                            source.getKey(),
                            new Sources.Range(
                                    source.getValue().path(0).asLong(),
                                    source.getValue().path(1).asLong())));
            return new OpenWindow(
                    new WindowKey(
                            new Group(
                                    json.path("digest").asText(),
                                    json.path("tenant").asText(),
                                    group == null ? null : group.asText()),
                            json.path("id").asLong()),
                    new Span(json.path("start").asLong(), json.path("end").asLong()),
                    new Tally(
                            json.path("texts").asInt(),
                            json.path("chars").asLong(),
                            json.path("left_out").asLong(),
                            json.path("late").asLong()),
                    new Alarm(
                            json.path("until").asLong(),
                            json.path("arrived").asLong(),
                            json.path("due").asLong()),
                    new Sources(sources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

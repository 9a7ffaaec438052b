package dev.forebay.processors.completion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.schemas.record.Result;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event that was taken apart. Its bytes, the JSON array of tenant and id, are the key of all that is told of it. */
public record EventKey(String tenant, String eventId) {
    /** The attributes of a request that was one part of an event: its number from 1, and how many there are. */
    public static final String PART = "part";

    public static final String PARTS = "parts";

    /** Each part carries them, so an event with a longer id is not told of. */
    private static final int MOST_BYTES = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    /** Empty where they would be too many. */
    public Optional<byte[]> bytes() {
        try {
            byte[] bytes =
                    JSON.writeValueAsBytes(JSON.createArrayNode().add(tenant).add(eventId));
            return bytes.length > MOST_BYTES ? Optional.empty() : Optional.of(bytes);
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts can be written", e);
        }
    }

    /** The event that the bytes name; empty where they name none. */
    static Optional<EventKey> read(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(bytes);
            return json.isArray()
                            && json.size() == 2
                            && json.get(0).isTextual()
                            && json.get(1).isTextual()
                    ? Optional.of(
                            new EventKey(json.get(0).textValue(), json.get(1).textValue()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The event that a result is of by its own account; empty where it is of none. */
    public static Optional<EventKey> of(Result result) {
        String id = result.getRequestId();
        return PartKey.number(result.getAttributes().getOrDefault(PART, ""))
                .flatMap(part -> Stream.of(new PartKey(part, ""), new PartKey(part, result.getTask()))
                        .map(key -> key.requestId(""))
                        .filter(id::endsWith)
                        .findFirst())
                .map(end -> new EventKey(result.getTenant(), id.substring(0, id.length() - end.length())));
    }
}

package dev.forebay.worker.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is known of a model on disk; {@code model-card.json} beside its files.
 *
 * @param format of the card and of the files that it lists, {@link #FORMAT}
 * @param version the first 12 hex digits of the sha256 of the weights that run
 * @param architecture family and sizes, for people
 * @param dimension length of each vector
 * @param maxTokens the model's window, special tokens included
 * @param files every file of the model by name
 * @param importedAt ISO-8601, UTC
 * @param engines versions that made and checked it
 */
public record ModelCard(
        int format,
        String name,
        String version,
        Source source,
        String architecture,
        int dimension,
        int vocabulary,
        int maxTokens,
        @JsonProperty("precision") Variant variant,
        Map<String, StoredFile> files,
        Parity parity,
        String importedAt,
        Map<String, String> engines) {
    static final int FORMAT = 1;
    static final String FILE = "model-card.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Where the weights come from. */
    public record Source(String artifact, String licence, String weightsSha256) {}

    /** One file of the model. */
    public record StoredFile(String sha256, long bytes) {}

    ModelCard measured(Parity measured, Map<String, String> by) {
        return new ModelCard(
                format,
                name,
                version,
                source,
                architecture,
                dimension,
                vocabulary,
                maxTokens,
                variant,
                files,
                measured,
                importedAt,
                by);
    }

    byte[] json() {
        try {
            return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a card is plain data", e);
        }
    }

    static ModelCard parse(String file, byte[] json) throws ModelFileException {
        ModelCard card;
        try {
            card = JSON.readValue(new String(json, StandardCharsets.UTF_8), ModelCard.class);
        } catch (JsonProcessingException e) {
            throw new ModelFileException(file, "not a model card: " + e.getOriginalMessage());
        }
        if (card == null || card.format() != FORMAT) {
            throw new ModelFileException(file, "not a model card of format " + FORMAT + "; import the model again");
        }
        return card;
    }
}

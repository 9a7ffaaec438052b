package dev.forebay.worker.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variant and the layout that were chosen for a model on one machine, with what was measured.
 *
 * @param question the engine with what was asked of it, {@code pytorch-auto} or {@code pytorch-bf16}
 * @param weightsSha256 of the source that all variants are made from
 * @param measuredAt ISO-8601, UTC
 * @param reason why this variant
 * @param layoutReason why this layout
 */
public record VariantChoice(
        int format,
        String question,
        String weightsSha256,
        Machine machine,
        String measuredAt,
        Variant variant,
        String reason,
        Layout layout,
        String layoutReason,
        List<VariantFigures> variants,
        List<LayoutFigures> layouts) {
    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    byte[] json() {
        try {
            return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a choice is plain data", e);
        }
    }

    /** @throws JsonProcessingException where it is none of this format */
    static @Nullable VariantChoice parse(byte[] json) throws JsonProcessingException {
        return JSON.readValue(new String(json, StandardCharsets.UTF_8), VariantChoice.class);
    }
}

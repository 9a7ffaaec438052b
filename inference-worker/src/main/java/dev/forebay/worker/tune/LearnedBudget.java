package dev.forebay.worker.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.worker.infer.Knee;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A budget with what it was measured on; one small JSON file.
 *
 * @param format of the file, {@link #FORMAT}
 * @param measuredAt ISO-8601, UTC
 */
public record LearnedBudget(int format, BudgetKey key, Knee knee, String measuredAt) {
    static final int FORMAT = 2;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    static LearnedBudget of(BudgetKey key, Knee knee, String measuredAt) {
        return new LearnedBudget(FORMAT, key, knee, measuredAt);
    }

    /** Why it is this one, in a sentence. */
    public String reason() {
        return switch (knee.end()) {
            case CLEAR -> "the smallest that no larger one beats by 5 % or more";
            case OUT_OF_MEMORY -> "larger ones run out of memory or gain less than 5 %";
            case TIME -> "the best that was found in the time there was";
            case LARGEST -> "larger ones gain less than 5 % or hold more than " + key.count() + " texts";
        };
    }

    /** What each budget gave, in one line. */
    public String curve() {
        StringBuilder text = new StringBuilder();
        for (Knee.Point point : knee.curve()) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%d: %.0f", point.paddedTokens(), point.tokensPerSecond()));
        }
        return text.toString();
    }

    byte[] json() {
        try {
            return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a budget is plain data", e);
        }
    }

    /** Empty where this is none of our format. */
    static Optional<LearnedBudget> parse(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readValue(new String(json, StandardCharsets.UTF_8), LearnedBudget.class))
                    .filter(LearnedBudget::isSound);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private boolean isSound() {
        return format == FORMAT && knee.paddedTokens() >= 1 && !knee.curve().isEmpty();
    }
}

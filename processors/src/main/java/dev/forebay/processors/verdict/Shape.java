package dev.forebay.processors.verdict;

import dev.forebay.processors.rule.Expression;
import dev.forebay.processors.rule.Facts;
import dev.forebay.processors.rule.UndecidedException;
import dev.forebay.schemas.record.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the records of a route look like, so that those who read its topic already can go on as they are.
 *
 * @param key of the record; empty for the key that the event had
 * @param headers by name, beside those that the event had
 * @param fields of a JSON object in place of the whole result; empty for the whole result
 * @param cloudEvent whether the record is a CloudEvent in the binary mode of the Kafka protocol binding 1.0.2
 */
record Shape(
        Optional<Expression> key, Map<String, Expression> headers, Map<String, Expression> fields, boolean cloudEvent) {
    /** The result as it is. */
    static final Shape WHOLE = new Shape(Optional.empty(), Map.of(), Map.of(), false);

    Shape {
        // Map.copyOf would lose the order of the configuration.
        headers = new LinkedHashMap<>(headers);
        fields = new LinkedHashMap<>(fields);
    }

    /** A header or field of which the expression asks for something that the result does not have is left out. */
    Shaped of(Result result, Facts facts) throws UndecidedException {
        Map<String, String> found = new LinkedHashMap<>();
        if (cloudEvent) {
            found.putAll(cloudEventHeaders(result));
        }
        values(headers, facts).forEach((name, value) -> found.put(name, value.toString()));
        Optional<Object> ownKey = key.isPresent() ? key.get().value(facts) : Optional.empty();
        return new Shaped(
                ownKey.map(Object::toString),
                found,
                fields.isEmpty() ? Optional.empty() : Optional.of(values(fields, facts)));
    }

    private static Map<String, Object> values(Map<String, Expression> expressions, Facts facts)
            throws UndecidedException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Expression> entry : expressions.entrySet()) {
            entry.getValue().value(facts).ifPresent(value -> values.put(entry.getKey(), value));
        }
        return values;
    }

    private static Map<String, String> cloudEventHeaders(Result result) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", result.getRequestId());
        headers.put("ce_source", "/forebay/" + result.getTenant() + "/" + result.getTask());
        headers.put("ce_type", "dev.forebay.result");
        headers.put("ce_time", result.getCompletedAt().toString());
        headers.put("content-type", "application/json");
        return headers;
    }

    /**
     * The parts of one record that its route shapes.
     *
     * @param fields values of CEL; empty for the whole result
     */
    record Shaped(Optional<String> key, Map<String, String> headers, Optional<Map<String, Object>> fields) {}
}

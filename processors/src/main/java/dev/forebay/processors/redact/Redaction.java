package dev.forebay.processors.redact;

import dev.forebay.processors.event.Reworded;
import dev.forebay.processors.policy.ByTenant;
import dev.forebay.schemas.record.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The step of the intake that takes personal data out of requests, by the policy of each tenant. What it replaced, the
 * attribute {@value #ATTRIBUTE} counts. Safe for use by several threads.
 */
public final class Redaction {
    /** {@code card=1 email=2}; there only where something was replaced. */
    public static final String ATTRIBUTE = "redacted";

    private final ByTenant<Policy> policies;
    private final Optional<Tokens> tokens;

    /** @param tokens of the secret, where there is one */
    Redaction(ByTenant<Policy> policies, Optional<Tokens> tokens) {
        this.policies = policies;
        this.tokens = tokens;
    }

    /** Every request stays as it is. */
    public static Redaction none() {
        return new Redaction(ByTenant.all(Policy.NONE), Optional.empty());
    }

    /** @param attributes whether the values of attributes are redacted, or the text alone */
    record Policy(Redactor redactor, boolean attributes) {
        static final Policy NONE = new Policy(Redactor.NONE, false);
    }

    /** What turns tokens back; empty where there is no secret. */
    public Optional<Tokens> tokens() {
        return tokens;
    }

    /** The request without personal data. */
    public Request redact(Request request) {
        Policy policy = policies.of(request.getTenant());
        Map<String, Integer> counts = new TreeMap<>();
        String text = policy.redactor().redact(request.getText(), request.getTenant(), counts);
        Map<String, String> attributes = attributes(request.getAttributes(), request.getTenant(), policy, counts);
        return counts.isEmpty() ? request : Reworded.of(request, text, attributes);
    }

    /** The attributes of a request that is refused, which go on without its text. */
    public Map<String, String> redact(Map<String, String> attributes, String tenant) {
        return attributes(attributes, tenant, policies.of(tenant), new TreeMap<>());
    }

    private static Map<String, String> attributes(
            Map<String, String> attributes, String tenant, Policy policy, Map<String, Integer> counts) {
        Map<String, String> redacted = new LinkedHashMap<>(attributes);
        if (policy.attributes()) {
            redacted.replaceAll((name, value) -> policy.redactor().redact(value, tenant, counts));
        }
        if (!counts.isEmpty()) {
            redacted.put(
                    ATTRIBUTE,
                    counts.entrySet().stream()
                            .map(count -> count.getKey() + "=" + count.getValue())
                            .collect(Collectors.joining(" ")));
        }
        return redacted;
    }
}

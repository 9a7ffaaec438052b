package dev.forebay.processors.enrich;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Trail;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Decoded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds attributes of reference data to requests, entry by entry, so that one may look up what another found. What is found
 * wins over what an event says of itself. Pure but for its lookups; safe for use by several threads.
 */
public final class Enrichment {
    private static final Enrichment NONE = new Enrichment(List.of(), Trail.NONE);

    private final List<Step> steps;
    private final Trail trail;

    private Enrichment(List<Step> steps, Trail trail) {
        this.steps = steps;
        this.trail = trail;
    }

    /** One entry with where its data are looked up. */
    record Step(Enricher enricher, Lookup lookup) {}

    static Enrichment of(List<Step> steps, Trail trail) {
        return new Enrichment(List.copyOf(steps), trail);
    }

    public static Enrichment none() {
        return NONE;
    }

    /**
     * The request with what was found for it, or the rejection {@link ReasonCode#REFERENCE_MISSING}.
     *
     * @param from where the request's event stands, for whoever has to wait
     * @throws ReferenceUnavailableException where the data have to be waited for
     */
    public Decoded<Request> enrich(Request request, Position from) {
        if (steps.isEmpty()) {
            return new Decoded.Good<>(request);
        }
        Map<String, String> attributes = new LinkedHashMap<>(request.getAttributes());
        for (Step step : steps) {
            Optional<String> refusal = add(step, attributes, from);
            if (refusal.isPresent()) {
                return new Decoded.Bad<>(ReasonCode.REFERENCE_MISSING, refusal.get());
            }
        }
        return new Decoded.Good<>(new Request(
                request.getRequestId(),
                request.getTask(),
                request.getTenant(),
                request.getText(),
                attributes,
                request.getLane(),
                request.getIssuedAt(),
                request.getExpiresAt()));
    }

    /** Why the request goes no further; empty where it does. */
    private Optional<String> add(Step step, Map<String, String> attributes, Position from) {
        Enricher enricher = step.enricher;
        String key = attributes.getOrDefault(enricher.by(), "");
        Optional<Map<String, String>> record = key.isEmpty() ? Optional.empty() : step.lookup.find(key);
        Map<String, String> found = record.orElse(Map.of());
        List<String> absent = new ArrayList<>();
        for (String name : enricher.reference().attributes()) {
            String text = found.get(name);
            if (text == null) {
                absent.add(name);
            } else {
                attributes.put(name, text);
            }
        }
        if (!absent.isEmpty() && enricher.missing() != Missing.DEFAULT) {
            String problem = problem(enricher, key.isEmpty(), record.isEmpty(), absent);
            if (enricher.missing() == Missing.WAIT && !key.isEmpty()) {
                throw ReferenceUnavailableException.missing(problem + ", for " + from);
            }
            return Optional.of(problem + ". Send one that is known, or add the reference data.");
        }
        absent.forEach(name -> attributes.put(name, enricher.defaults().getOrDefault(name, "")));
        trail.note("enrich", () -> told(enricher, attributes, absent));
        return Optional.empty();
    }

    private static String problem(Enricher enricher, boolean noKey, boolean noRecord, List<String> absent) {
        String by = "attribute '" + enricher.by() + "'";
        String what = noKey
                ? "the request has no " + by
                : noRecord
                        ? "there is no record for the " + by
                        : "the record for the " + by + " has no " + String.join(", ", absent);
        return "Enrichment " + enricher.name() + ": " + what;
    }

    private static String told(Enricher enricher, Map<String, String> attributes, List<String> absent) {
        return enricher.reference().attributes().stream()
                .map(name -> name + "=" + attributes.get(name) + (absent.contains(name) ? " (default)" : ""))
                .collect(Collectors.joining(", ", enricher.name() + ": ", ""));
    }
}

package dev.forebay.processors.enrich;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An entry that looks up a record by its key. */
record LookupStep(Enricher enricher, Lookup lookup, Trail trail) implements Step {
    @Override
    public Optional<Reason> add(Draft draft, Position from) {
        String key = draft.attribute(enricher.by());
        Optional<Map<String, String>> record = key.isEmpty() ? Optional.empty() : lookup.find(key);
        Map<String, String> found = record.orElse(Map.of());
        List<String> absent = new ArrayList<>();
        for (String name : enricher.reference().attributes()) {
            String text = found.get(name);
            if (text == null) {
                absent.add(name);
            } else {
                draft.put(name, text);
            }
        }
        if (!absent.isEmpty() && enricher.missing() != Missing.DEFAULT) {
            Shortage shortage = new Shortage(enricher, problem(key.isEmpty(), record.isEmpty(), absent));
            return Optional.of(key.isEmpty() ? shortage.refusal() : shortage.refusalUnlessAwaited(from));
        }
        absent.forEach(name -> draft.put(name, enricher.defaults().getOrDefault(name, "")));
        trail.note("enrich", () -> told(draft, absent));
        return Optional.empty();
    }

    private String problem(boolean noKey, boolean noRecord, List<String> absent) {
        String by = "attribute '" + enricher.by() + "'";
        if (noKey) {
            return "the request has no " + by;
        }
        return noRecord
                ? "there is no record for the " + by
                : "the record for the " + by + " has no " + String.join(", ", absent);
    }

    private String told(Draft draft, List<String> absent) {
        return enricher.reference().attributes().stream()
                .map(name -> name + "=" + draft.attribute(name) + (absent.contains(name) ? " (default)" : ""))
                .collect(Collectors.joining(", ", enricher.name() + ": ", ""));
    }
}

package dev.forebay.processors.enrich;

import java.util.Map;
import java.util.Set;

/**
 * One entry of {@code intake.enrich}.
 *
 * @param tasks whose requests it is for; none for all
 * @param by the attribute whose value is looked up
 * @param defaults by attribute, one for each with {@link Missing#DEFAULT}, else none
 */
public record Enricher(
        String name, Set<String> tasks, String by, Reference reference, Missing missing, Map<String, String> defaults) {
    boolean isFor(String task) {
        return tasks.isEmpty() || tasks.contains(task);
    }
}

package dev.forebay.processors.enrich;

import java.util.Map;

/**
 * One entry of {@code intake.enrich}.
 *
 * @param by the attribute whose value is looked up
 * @param defaults by attribute, one for each with {@link Missing#DEFAULT}, else none
 */
public record Enricher(String name, String by, Reference reference, Missing missing, Map<String, String> defaults) {}

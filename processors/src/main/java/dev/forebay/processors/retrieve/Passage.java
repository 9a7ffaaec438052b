package dev.forebay.processors.retrieve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One passage of a knowledge base.
 *
 * @param key of its record, which a later record replaces it by
 * @param tenant whose it is; null where the passages are everybody's
 * @param texts at the places that are kept, in their order
 */
public record Passage(String key, @Nullable String tenant, UnitVector vector, List<String> texts) {}

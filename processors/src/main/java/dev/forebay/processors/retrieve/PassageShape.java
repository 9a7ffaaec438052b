package dev.forebay.processors.retrieve;

import dev.forebay.processors.format.Place;
import org.jspecify.annotations.Nullable;

/**
 * What records have to be that hold passages.
 *
 * @param vector where its vector is
 * @param dimensions how many numbers that has
 * @param tenant where it says whose it is; null where the passages are everybody's
 */
public record PassageShape(Place vector, int dimensions, @Nullable Place tenant) {}

package dev.forebay.processors.names;

/**
 * A span of a text that a model holds for a name.
 *
 * @param entity what it is the name of, as the model calls it: {@code person}
 * @param start the index of its first char
 * @param end the index behind its last char
 * @param probability the mean of those of its words, 0 to 1
 */
public record Name(String entity, int start, int end, double probability) {}

package dev.forebay.processors.language;

/**
 * The language that a text is most likely in.
 *
 * @param code by ISO 639-1, or by 639-3 where that has none
 * @param margin how many times likelier it is than the next one, from 1
 */
record Guess(String code, double margin) {}

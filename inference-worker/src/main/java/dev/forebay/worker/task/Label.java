package dev.forebay.worker.task;

/**
 * One answer of a classification.
 *
 * @param description what is compared with the text, in the words of the texts rather than of the system
 */
public record Label(String name, String description) {}

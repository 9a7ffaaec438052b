package dev.forebay.deploy.examples;

/** A text with the label that it should have. */
public record Example(String text, String label) {}

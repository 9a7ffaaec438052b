package dev.forebay.worker.models;

/** What was measured of one layout of the variant that was chosen. */
public record LayoutFigures(Layout layout, Rates rates) {}

package dev.forebay.processors.redact;

import java.util.function.Consumer;

/** Finds the spans of one type in a text; they may overlap. Safe for use by several threads. */
interface Detector {
    void find(String text, Consumer<Finding> found);
}

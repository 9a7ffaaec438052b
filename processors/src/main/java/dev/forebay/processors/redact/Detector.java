package dev.forebay.processors.redact;

import java.util.BitSet;
import java.util.function.Consumer;

/** Finds the spans of one type in a text; they may overlap. Safe for use by several threads. */
interface Detector {
    /** @param digits where the text has ASCII digits, as most of what is looked for begins with one */
    void find(String text, BitSet digits, Consumer<Finding> found);
}

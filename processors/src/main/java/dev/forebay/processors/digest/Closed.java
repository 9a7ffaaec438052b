package dev.forebay.processors.digest;

import java.util.List;

/**
 * A window that is closed.
 *
 * @param texts in the order of their ranks
 */
record Closed(OpenWindow window, List<KeptText> texts) {}

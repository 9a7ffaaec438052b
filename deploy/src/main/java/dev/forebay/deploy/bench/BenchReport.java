package dev.forebay.deploy.bench;

import java.util.Map;

/**
 * A finished bench.
 *
 * @param notes why a figure is absent, by figure
 */
record BenchReport(
        Machine machine,
        Settings settings,
        Findings findings,
        Map<Figure, Measured> figures,
        Map<Figure, String> notes,
        double seconds) {}

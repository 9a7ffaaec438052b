package dev.forebay.processors.redact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Chooses among findings that overlap: one that holds another whole, so that nothing of it stays readable; among the rest
 * the one that more vouches for, then the longest, then the first.
 */
final class Findings {
    private static final Comparator<Finding> BEST_FIRST = Comparator.comparing(
                    (Finding finding) -> finding.type().strength())
            .thenComparingInt(Finding::length)
            .reversed()
            .thenComparingInt(Finding::start)
            .thenComparing(finding -> finding.type().name());

    private static final Comparator<Finding> OUTER_FIRST = Comparator.comparingInt(Finding::start)
            .thenComparing(Finding::end, Comparator.reverseOrder())
            .thenComparing(BEST_FIRST);

    private Findings() {}

    /** Findings of which none overlaps another, in the order of the text; every finding overlaps one of them. */
    static List<Finding> disjoint(List<Finding> all) {
        if (all.size() < 2) {
            return all;
        }
        NavigableMap<Integer, Finding> chosen = new TreeMap<>();
        List<Finding> left = new ArrayList<>(all);
        // What lay within a finding that was not chosen is still to be judged.
        while (!left.isEmpty()) {
            List<Finding> best = outermost(left);
            best.sort(BEST_FIRST);
            for (Finding finding : best) {
                if (isFree(chosen, finding)) {
                    chosen.put(finding.start(), finding);
                }
            }
            left.removeIf(finding -> !isFree(chosen, finding));
        }
        return List.copyOf(chosen.values());
    }

    private static boolean isFree(NavigableMap<Integer, Finding> chosen, Finding finding) {
        Map.Entry<Integer, Finding> before = chosen.lowerEntry(finding.end());
        return before == null || !before.getValue().overlaps(finding);
    }

    private static List<Finding> outermost(List<Finding> all) {
        List<Finding> sorted = new ArrayList<>(all);
        sorted.sort(OUTER_FIRST);
        List<Finding> outermost = new ArrayList<>();
        int covered = 0;
        for (Finding finding : sorted) {
            if (finding.end() > covered) {
                outermost.add(finding);
                covered = finding.end();
            }
        }
        return outermost;
    }
}

package dev.forebay.processors.redact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Finds the personal data of some types in a text and replaces it. Safe for use by several threads. */
final class Redactor {
    static final Redactor NONE = new Redactor(List.of(), Replacement.MASK);

    private final List<Detector> detectors;
    private final Replacement replacement;

    Redactor(List<Detector> detectors, Replacement replacement) {
        this.detectors = List.copyOf(detectors);
        this.replacement = replacement;
    }

    /** What is personal in a text, in its order, without overlaps; tokens that were made here are not. */
    List<Finding> find(String text, String tenant) {
        if (detectors.isEmpty()) {
            return List.of();
        }
        List<Finding> all = new ArrayList<>();
        BitSet digits = Ascii.digits(text);
        for (Detector detector : detectors) {
            detector.find(text, digits, all::add);
        }
        if (!all.isEmpty()) {
            NavigableMap<Integer, Integer> tokens = tokens(text, tenant);
            all.removeIf(finding -> {
                Map.Entry<Integer, Integer> before = tokens.lowerEntry(finding.end());
                return before != null && before.getValue() > finding.start();
            });
        }
        return Findings.disjoint(all);
    }

    /** @param counts how many of each type were replaced; added to */
    String redact(String text, String tenant, Map<String, Integer> counts) {
        List<Finding> findings = find(text, tenant);
        if (findings.isEmpty()) {
            return text;
        }
        StringBuilder redacted = new StringBuilder(text.length());
        int done = 0;
        for (Finding finding : findings) {
            String original = text.substring(finding.start(), finding.end());
            redacted.append(text, done, finding.start()).append(replacement.of(finding.type(), original, tenant));
            done = finding.end();
            counts.merge(finding.type().name(), 1, Integer::sum);
        }
        return redacted.append(text, done, text.length()).toString();
    }

    /** The ends of the tokens by their starts. */
    private NavigableMap<Integer, Integer> tokens(String text, String tenant) {
        NavigableMap<Integer, Integer> tokens = new TreeMap<>();
        for (TokenScan scan = new TokenScan(text); scan.next(); ) {
            if (replacement.made(scan.label(), scan.body(), tenant)) {
                tokens.put(scan.start(), scan.end());
            }
        }
        return tokens;
    }
}

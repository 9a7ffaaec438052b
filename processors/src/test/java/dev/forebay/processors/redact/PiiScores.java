package dev.forebay.processors.redact;

import dev.forebay.processors.redact.PiiTexts.Label;
import dev.forebay.processors.redact.PiiTexts.Labelled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Precision and recall of a redactor on a labelled set; right is only a finding of the same type, start and end. */
final class PiiScores {
    private final Map<String, Counts> counts = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();

    /** Of one row; a wrong finding counts in the row that has the name of its type. */
    static final class Counts {
        private final Set<Integer> records = new HashSet<>();
        private int right;
        private int wrong;
        private int missed;

        int records() {
            return records.size();
        }

        int labels() {
            return right + missed;
        }

        double precision() {
            return (double) right / (right + wrong);
        }

        double recall() {
            return (double) right / (right + missed);
        }
    }

    static PiiScores of(Redactor redactor, List<Labelled> texts) {
        PiiScores scores = new PiiScores();
        for (int i = 0; i < texts.size(); i++) {
            scores.add(i, texts.get(i), redactor.find(texts.get(i).text(), "tenant"));
        }
        return scores;
    }

    private void add(int record, Labelled text, List<Finding> findings) {
        List<Finding> unlabelled = new ArrayList<>(findings);
        for (Label label : text.labels()) {
            Counts row = row(label.kind());
            row.records.add(record);
            boolean found = unlabelled.removeIf(finding -> finding.type().name().equals(label.type())
                    && finding.start() == label.start()
                    && finding.end() == label.end());
            row.right += found ? 1 : 0;
            row.missed += found ? 0 : 1;
            if (!found) {
                mistakes.add("missed " + label.kind() + ": " + mark(text.text(), label.start(), label.end()));
            }
        }
        for (Finding finding : unlabelled) {
            row(finding.type().name()).wrong++;
            mistakes.add("wrong " + finding.type().name() + ": " + mark(text.text(), finding.start(), finding.end()));
        }
    }

    Counts row(String kind) {
        return counts.computeIfAbsent(kind, name -> new Counts());
    }

    Map<String, Counts> rows() {
        return counts;
    }

    /** What went wrong, the place between guillemets. */
    List<String> mistakes() {
        return mistakes;
    }

    private static String mark(String text, int start, int end) {
        return (text.substring(Math.max(0, start - 30), start) + "»" + text.substring(start, end) + "«"
                        + text.substring(end, Math.min(text.length(), end + 20)))
                .replace('\n', ' ');
    }
}

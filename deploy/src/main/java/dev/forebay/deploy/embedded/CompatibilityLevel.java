package dev.forebay.deploy.embedded;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Which earlier versions a new schema has to get on with, and who reads whose data. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean transitive;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    /** What is wrong with a candidate after these versions, newest first; empty where nothing is. */
    List<String> problems(Schema candidate, List<Schema> newestFirst) {
        List<String> problems = new ArrayList<>();
        int checked = transitive ? newestFirst.size() : Math.min(1, newestFirst.size());
        for (Schema earlier : newestFirst.subList(0, checked)) {
            if (newReadsOld) {
                problems.addAll(readerProblems(candidate, earlier, "the new schema cannot read the earlier one: "));
            }
            if (oldReadsNew) {
                problems.addAll(readerProblems(earlier, candidate, "the earlier schema cannot read the new one: "));
            }
        }
        return problems;
    }

    private static List<String> readerProblems(Schema reader, Schema writer, String prefix) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(found -> prefix + describe(found))
                .toList();
    }

    private static String describe(Incompatibility found) {
        return found.getType() + " at " + found.getLocation() + ", " + found.getMessage();
    }
}

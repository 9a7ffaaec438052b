package dev.forebay.processors.digest;

import dev.forebay.processors.digest.Digest.Asking;
import dev.forebay.processors.digest.Digest.Bounds;
import dev.forebay.processors.digest.Digest.Late;
import dev.forebay.processors.digest.Digest.Timing;
import dev.forebay.processors.policy.KnownTask;
import dev.forebay.processors.policy.PlainName;
import dev.forebay.processors.rule.Expressions;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Lane;
import java.time.Duration;
import java.util.Set;

/** Reads one entry of {@code digests.windows}. */
final class DigestSection {
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration LONGEST_GRACE = Duration.ofDays(1);
    private static final int MAX_TEXTS = 200;
    private static final int HIGHEST_MAX_TEXTS = 10_000;
    private static final int MAX_CHARS = 20_000;
    private static final int HIGHEST_MAX_CHARS = 200_000;
    private static final int TEXT_CHARS = 2_000;
    private static final String ATTRIBUTE = "attributes.";

    private final Section section;
    private final Set<String> tasks;

    /** @param tasks the names of the section {@code tasks} */
    DigestSection(Section section, Set<String> tasks) {
        this.section = section;
        this.tasks = tasks;
    }

    Digest read() {
        String name = PlainName.read(section, "complaints", "digests");
        Choice choice = new Choice(new Expressions(tasks).requestCondition(section, "when"), groupBy());
        WindowRule window = new WindowSection(section).read();
        Timing timing = new Timing(
                window,
                section.duration("grace", GRACE, Duration.ZERO, LONGEST_GRACE),
                section.choice("late", Late.class, Late.DROP));
        Asking asking = new Asking(task(), section.choice("lane", Lane.class, Lane.LIVE), bounds());
        section.done();
        return new Digest(name, choice, timing, asking);
    }

    private Grouping groupBy() {
        String by = section.string("group-by", "");
        if (by.isEmpty()) {
            return Grouping.NONE;
        }
        if (by.equals("key")) {
            return new Grouping.ByKey();
        }
        if (!by.startsWith(ATTRIBUTE) || by.length() == ATTRIBUTE.length()) {
            section.problem(
                    "group-by",
                    "key, or attributes. and a name",
                    "Write for example group-by: attributes.country, or leave it out for one group per tenant.");
        }
        return new Grouping.ByAttribute(by.startsWith(ATTRIBUTE) ? by.substring(ATTRIBUTE.length()) : by);
    }

    private String task() {
        String task = section.requiredString("task", example());
        if (!task.isEmpty()) {
            KnownTask.check(section, "task", task, tasks);
        }
        return task;
    }

    private Bounds bounds() {
        int maxTexts = section.integer("max-texts", MAX_TEXTS, 1, HIGHEST_MAX_TEXTS);
        int maxChars = section.integer("max-chars", MAX_CHARS, 1, HIGHEST_MAX_CHARS);
        int textChars = section.integer("text-chars", Math.min(TEXT_CHARS, maxChars), 1, maxChars);
        return new Bounds(maxTexts, maxChars, textChars);
    }

    private String example() {
        return tasks.stream().sorted().findFirst().orElse("brief");
    }
}

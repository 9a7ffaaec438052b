package dev.forebay.deploy.cli;

import dev.forebay.worker.tune.BudgetKey;
import dev.forebay.worker.tune.LearnedBudget;
import java.util.Locale;

/** A learned budget for a person's eyes: what it is, why, on which machine, and what others gave. */
final class BudgetText {
    private BudgetText() {}

    static String of(LearnedBudget budget) {
        BudgetKey key = budget.key();
        return String.join(
                System.lineSeparator(),
                line("batch budget", budget.knee().paddedTokens() + " padded tokens, " + budget.reason()),
                line(
                        "",
                        "tokens/s by budget: " + budget.curve() + "; "
                                + budget.knee().rounds() + " rounds"),
                line(
                        "",
                        "with " + key.executors() + " executors of " + key.threads() + " threads on "
                                + key.machine().devices() + ", " + key.machine().processor() + ", "
                                + key.machine().cores() + " cores, "
                                + key.machine().engine()),
                line("", "measured " + budget.measuredAt()));
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-14s %s", name.isEmpty() ? "" : name + ":", value);
    }
}

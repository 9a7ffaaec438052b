package dev.forebay.processors.verdict;

import dev.forebay.processors.rule.Expression;
import dev.forebay.processors.rule.Facts;
import dev.forebay.processors.rule.UndecidedException;
import java.util.List;
import java.util.Optional;

/** The policy on what a model may say: of its rules the first that holds for a result decides. */
record Moderation(List<Rule> rules) {
    /** What becomes of a result for which a rule holds. */
    enum Action {
        /** It goes on; no later rule is asked. */
        ALLOW,
        /** It goes on, its text replaced; no later rule is asked. */
        MASK,
        /** It goes to a person. */
        REVIEW,
        /** It goes to nobody; its request is rejected. */
        BLOCK
    }

    record Rule(String name, Optional<Expression> when, Action action) {}

    Moderation {
        rules = List.copyOf(rules);
    }

    /** @throws UndecidedException where a condition has no answer; what follows is then not asked */
    Optional<Rule> rule(Facts facts) throws UndecidedException {
        for (Rule rule : rules) {
            if (rule.when().isEmpty() || rule.when().get().holds(facts)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}

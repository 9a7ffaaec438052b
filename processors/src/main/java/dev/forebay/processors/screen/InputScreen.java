package dev.forebay.processors.screen;

import com.google.re2j.Pattern;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.policy.ByTenant;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refuses requests whose text a rule of their tenant does not want. Safe for use by several threads. */
public final class InputScreen {
    private final ByTenant<Rules> rules;

    InputScreen(ByTenant<Rules> rules) {
        this.rules = rules;
    }

    /** Every text is wanted. */
    public static InputScreen none() {
        return new InputScreen(ByTenant.all(Rules.NONE));
    }

    /** Why a request is not wanted, by the name of the rule and never by the text; empty where it is. */
    public Optional<Reason> refuse(Request request) {
        return rules.of(request.getTenant()).refuse(request.getText());
    }

    /** @param rule its path in the configuration */
    record Declared(String rule, Pattern pattern) {}

    /**
     * What a tenant does not want. The patterns are tried on every text as it is; the phrases and the injection rules on its
     * folded form, where a piece of that calls for them.
     */
    record Rules(List<Declared> patterns, PhraseList phrases, Calls calls) {
        /** The mark of phrases, beyond those of the injection rules. */
        private static final long PHRASES = Long.MIN_VALUE;

        static final Rules NONE = of(List.of(), new PhraseList(), false);

        static Rules of(List<Declared> patterns, PhraseList phrases, boolean injection) {
            Map<String, Long> marks = new HashMap<>(injection ? InjectionRules.MARKS : Map.of());
            phrases.pieces().forEach(piece -> marks.merge(piece, PHRASES, (a, b) -> a | b));
            return new Rules(List.copyOf(patterns), phrases, Calls.of(marks));
        }

        Optional<Reason> refuse(String text) {
            for (Declared declared : patterns) {
                if (declared.pattern().matcher(text).find()) {
                    return Optional.of(blocked(declared.rule()));
                }
            }
            return isUncalled(text) ? Optional.empty() : refuse(Folded.of(text));
        }

        /** True of most texts, and known before they are folded: of ASCII, folding changes no piece but in case. */
        private boolean isUncalled(String text) {
            return calls.isEmpty() || (Folded.isAscii(text) && isUncalled(calls.in(text)));
        }

        private static boolean isUncalled(long marks) {
            return (marks & PHRASES) == 0 && !InjectionRules.areCalled(marks);
        }

        private Optional<Reason> refuse(Folded folded) {
            long marks = calls.in(folded.text());
            Optional<String> phrase = (marks & PHRASES) == 0 ? Optional.empty() : phrases.find(folded);
            return phrase.map(Rules::blocked)
                    .or(() -> InjectionRules.find(folded, marks).map(Rules::injection));
        }

        static Reason blocked(String rule) {
            return new Reason(
                    ReasonCode.BLOCKED,
                    "The text has what " + rule + " does not allow. Take it out, or have the rule changed.");
        }

        static Reason injection(String rule) {
            return new Reason(
                    ReasonCode.PROMPT_INJECTION,
                    "The text reads like an instruction to the model: rule " + rule
                            + " of intake.screen.injection. Say it in other words, or have the rules turned off.");
        }
    }
}

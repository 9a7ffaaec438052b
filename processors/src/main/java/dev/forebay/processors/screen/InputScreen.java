package dev.forebay.processors.screen;

import com.google.re2j.Pattern;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.policy.ByTenant;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.util.List;
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

    /** What a tenant does not want; the phrases are looked for in the folded text, the patterns in the text itself. */
    record Rules(PhraseList phrases, List<Declared> patterns, boolean injection) {
        static final Rules NONE = new Rules(new PhraseList(), List.of(), false);

        boolean foldText() {
            return injection || !phrases.isEmpty();
        }
    }

    /** @param rule its path in the configuration */
    record Declared(String rule, Pattern pattern) {}

    /** Why a request is not wanted, by the name of the rule and never by the text; empty where it is. */
    public Optional<Reason> refuse(Request request) {
        Rules own = rules.of(request.getTenant());
        for (Declared declared : own.patterns()) {
            if (declared.pattern().matcher(request.getText()).find()) {
                return blocked(declared.rule());
            }
        }
        if (!own.foldText()) {
            return Optional.empty();
        }
        Folded folded = Folded.of(request.getText());
        Optional<String> phrase = own.phrases().find(folded);
        if (phrase.isPresent()) {
            return blocked(phrase.get());
        }
        return own.injection() ? InjectionRules.find(folded).map(InputScreen::injection) : Optional.empty();
    }

    private static Optional<Reason> blocked(String rule) {
        return Optional.of(new Reason(
                ReasonCode.BLOCKED,
                "The text has what " + rule + " does not allow. Take it out, or have the rule changed."));
    }

    private static Reason injection(String rule) {
        return new Reason(
                ReasonCode.PROMPT_INJECTION,
                "The text reads like an instruction to the model: rule " + rule
                        + " of intake.screen.injection. Say it in other words, or have the rules turned off.");
    }
}

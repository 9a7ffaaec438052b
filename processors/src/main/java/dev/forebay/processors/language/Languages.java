package dev.forebay.processors.language;

import dev.forebay.processors.event.Attributes;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.policy.ByTenant;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells the language of requests, and refuses those that their tenant does not want. Safe for use by several threads. */
public final class Languages {
    private final boolean any;
    private final ByTenant<Rule> rules;

    Languages(boolean any, ByTenant<Rule> rules) {
        this.any = any;
        this.rules = rules;
    }

    /** No language is told, and any is wanted. */
    public static Languages none() {
        return new Languages(false, ByTenant.all(Rule.NONE));
    }

    /**
     * @param allowed empty where any language is
     * @param minChars that a text needs for its language to be told
     * @param margin how many times likelier than the next language one has to be
     */
    record Rule(boolean detect, Set<String> allowed, Unsure unsure, int minChars, double margin) {
        static final Rule NONE = new Rule(false, Set.of(), Unsure.ACCEPT, 0, 1);
    }

    /** What becomes of a text whose language cannot be told. */
    enum Unsure {
        ACCEPT,
        REJECT
    }

    /** False where nobody wants to know. */
    public boolean any() {
        return any;
    }

    /** The request with the attribute {@value Attributes#LANGUAGE}, or without it where the language cannot be told. */
    public Request tell(Request request) {
        if (!any) {
            return request;
        }
        Map<String, String> attributes = new LinkedHashMap<>(request.getAttributes());
        // A sender's own would pass for ours.
        attributes.remove(Attributes.LANGUAGE);
        language(request.getText(), rules.of(request.getTenant()))
                .ifPresent(code -> attributes.put(Attributes.LANGUAGE, code));
        return attributes.equals(request.getAttributes())
                ? request
                : Request.newBuilder(request).setAttributes(attributes).build();
    }

    /** Why a request is not wanted, of which the language was told; empty where it is. */
    public Optional<Reason> refuse(Request told) {
        Rule rule = rules.of(told.getTenant());
        String language = told.getAttributes().get(Attributes.LANGUAGE);
        boolean wanted = rule.allowed().isEmpty()
                || (language == null
                        ? rule.unsure() == Unsure.ACCEPT
                        : rule.allowed().contains(language));
        if (wanted) {
            return Optional.empty();
        }
        String found = language == null
                ? "The language of the text cannot be told"
                : "The text is in the language " + language;
        return Optional.of(new Reason(
                ReasonCode.LANGUAGE_NOT_ALLOWED,
                found + "; intake.language.allowed has " + String.join(", ", rule.allowed())
                        + ". Write in one of them, or have it changed."));
    }

    private static Optional<String> language(String text, Rule rule) {
        if (!rule.detect()) {
            return Optional.empty();
        }
        Letters letters = Letters.of(text);
        if (letters.words().length() < rule.minChars()) {
            return Optional.empty();
        }
        Guess guess = LanguageModel.get().guess(letters);
        return guess.margin() >= rule.margin() ? Optional.of(guess.code()) : Optional.empty();
    }
}

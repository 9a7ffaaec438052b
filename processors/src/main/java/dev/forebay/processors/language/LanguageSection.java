package dev.forebay.processors.language;

import dev.forebay.processors.language.Languages.Rule;
import dev.forebay.processors.language.Languages.Unsure;
import dev.forebay.processors.policy.ByTenant;
import dev.forebay.processors.policy.ByTenant.Layers;
import dev.forebay.schemas.config.Section;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code intake.language}. */
public final class LanguageSection {
    private static final int MIN_CHARS = 10;
    private static final double MARGIN = 1.5;
    /** With 1 a text of nothing that the model knows would be in the first of its languages. */
    private static final double LEAST_MARGIN = 1.1;

    private LanguageSection() {}

    /** The result is usable only where no problem was noted. */
    public static Languages read(Section section) {
        return new Languages(!section.keys().isEmpty(), ByTenant.read(section, LanguageSection::rule));
    }

    private static Rule rule(Layers layers) {
        Set<String> allowed = allowed(layers.with("allowed"));
        boolean detect = layers.with("detect").flag("detect", !allowed.isEmpty());
        Unsure unsure = layers.with("unsure").choice("unsure", Unsure.class, Unsure.ACCEPT);
        int minChars = layers.with("min-chars").integer("min-chars", MIN_CHARS, 1, Letters.MOST);
        double margin = layers.with("margin").number("margin", MARGIN, LEAST_MARGIN, 1_000);
        checkUseless(layers, detect, allowed);
        return new Rule(detect, detect ? allowed : Set.of(), unsure, minChars, margin);
    }

    private static Set<String> allowed(Section section) {
        Set<String> allowed = new TreeSet<>(section.strings("allowed"));
        if (!allowed.isEmpty()) {
            TreeSet<String> unknown = new TreeSet<>(allowed);
            unknown.removeAll(LanguageModel.get().codes());
            if (!unknown.isEmpty()) {
                section.problem(
                        "allowed",
                        "languages that can be told, by their codes (ISO 639): "
                                + String.join(", ", LanguageModel.get().codes()),
                        "Replace " + String.join(", ", unknown) + ", for example allowed: [en, de].");
            }
        }
        return allowed;
    }

    /** What is said of a language that is not told; for all tenants it may be meant for those that have their own. */
    private static void checkUseless(Layers layers, boolean detect, Set<String> allowed) {
        if (layers.own() == layers.general() && layers.own().has("tenants")) {
            return;
        }
        if (!detect) {
            for (String key : List.of("min-chars", "margin")) {
                note(layers.own(), key, "only where languages are told", "Write detect: true, or remove this.");
            }
        }
        if (!detect || allowed.isEmpty()) {
            note(
                    layers.own(),
                    "unsure",
                    "only beside allowed",
                    "Add allowed, the languages that are wanted, or remove this.");
        }
    }

    private static void note(Section own, String key, String allowed, String fix) {
        if (own.has(key)) {
            own.problem(key, allowed, fix);
        }
    }
}

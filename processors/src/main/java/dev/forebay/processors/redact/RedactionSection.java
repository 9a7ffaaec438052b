package dev.forebay.processors.redact;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.forebay.processors.policy.BoundedPattern;
import dev.forebay.processors.policy.ByTenant;
import dev.forebay.processors.policy.ByTenant.Layers;
import dev.forebay.processors.redact.Redaction.Policy;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code intake.redaction}. */
public final class RedactionSection {
    private static final String UNKNOWN_REGION = "ZZ";

    private final Supplier<Replacement> tokens;
    /** Of the models, by type. */
    private final Map<String, Detector> models;
    /** The types that somebody asks for. */
    private final Set<String> asked = new HashSet<>();

    private RedactionSection(Supplier<Replacement> tokens, Map<String, Detector> models) {
        this.tokens = tokens;
        this.models = models;
    }

    /** The result is usable only where no problem was noted. */
    public static Redaction read(Section section) {
        String secret = section.optionalString("secret");
        List<Section> models = section.sections("models");
        RedactionSection reader = new RedactionSection(
                () -> tokens(section, secret).<Replacement>map(tokens -> tokens).orElse(Replacement.MASK),
                ModelSection.read(models));
        Optional<Tokens> tokens = secret == null ? Optional.empty() : tokens(section, secret);
        Redaction redaction = new Redaction(ByTenant.read(section, reader::policy), tokens);
        models.forEach(reader::checkAsked);
        return redaction;
    }

    /** A model that nobody asks for would be taken for one that finds names. */
    private void checkAsked(Section model) {
        String type = model.string("type", "");
        if (TypeName.isFree(type) && !asked.contains(type)) {
            model.problem(
                    "type",
                    "a type that types names",
                    "Add " + type + " to types, of all or of a tenant, or remove the model.");
        }
    }

    private Policy policy(Layers layers) {
        List<Detector> detectors = detectors(layers);
        Section replace = layers.with("replace");
        boolean tokenised = replace.choice("replace", Replace.class, Replace.MASK) == Replace.TOKEN;
        boolean attributes = layers.with("attributes").flag("attributes", false);
        return new Policy(new Redactor(detectors, tokenised ? tokens.get() : Replacement.MASK), attributes);
    }

    private enum Replace {
        MASK,
        TOKEN
    }

    private static Optional<Tokens> tokens(Section section, @Nullable String secret) {
        if (secret == null || secret.length() < Tokens.SHORTEST_SECRET) {
            section.problem(
                    "secret",
                    "at least " + Tokens.SHORTEST_SECRET + " characters that nobody can guess",
                    "Set it by reference, secret: ${env:FOREBAY_REDACTION_SECRET}, to the output of openssl rand -base64 33.");
            return Optional.empty();
        }
        return Optional.of(new Tokens(secret));
    }

    private List<Detector> detectors(Layers layers) {
        String region = region(layers.with("region"));
        List<Detector> detectors = new ArrayList<>();
        for (String type : types(layers.with("types"))) {
            Detector model = models.get(type);
            detectors.add(model == null ? builtIn(type, region) : model);
        }
        detectors.addAll(declared(layers.with("patterns").section("patterns")));
        return detectors;
    }

    private static Detector builtIn(String type, String region) {
        return switch (type) {
            case "email" -> new EmailDetector();
            case "phone" -> new PhoneDetector(region);
            case "iban" -> new IbanDetector();
            case "card" -> new CardDetector();
            default -> new IpDetector();
        };
    }

    private Set<String> types(Section section) {
        List<String> known = new ArrayList<>(TypeName.BUILT_IN);
        known.addAll(models.keySet());
        Set<String> types = new LinkedHashSet<>();
        for (String type : section.strings("types")) {
            if (known.contains(type)) {
                types.add(type);
            } else {
                section.problem(
                        "types",
                        String.join(", ", known),
                        "There is no type " + type + ". "
                                + Nearest.to(type, known)
                                        .map(name -> "Did you mean " + name + "?")
                                        .orElse("Declare it below patterns or models."));
            }
        }
        asked.addAll(types);
        return types;
    }

    private static String region(Section section) {
        String region = section.string("region", UNKNOWN_REGION);
        if (!region.equals(UNKNOWN_REGION)
                && !PhoneNumberUtil.getInstance().getSupportedRegions().contains(region)) {
            section.problem(
                    "region",
                    "two capital letters of a country (ISO 3166-1)",
                    "Write for example region: DE; quote NO. Leave it out where all numbers have a country code.");
            return UNKNOWN_REGION;
        }
        return region;
    }

    private List<Detector> declared(Section patterns) {
        List<Detector> detectors = new ArrayList<>();
        for (String name : patterns.keys()) {
            if (!TypeName.isFree(name)) {
                patterns.problem(name, TypeName.ALLOWED, "Rename the pattern.");
            } else if (models.containsKey(name)) {
                patterns.problem(name, "a name that no model has as its type", "Rename the pattern.");
            }
            boolean section = patterns.isSection(name);
            Section owner = section ? patterns.section(name) : patterns;
            Check check = section && owner.has("check") ? owner.choice("check", Check.class, Check.LUHN) : null;
            BoundedPattern.read(owner, section ? "pattern" : name, "'\\b\\d{3}-\\d{2}-\\d{4}\\b'")
                    .ifPresent(pattern -> detectors.add(new PatternDetector(name, pattern, check)));
            if (section) {
                owner.done();
            }
        }
        return detectors;
    }
}

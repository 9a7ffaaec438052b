package dev.forebay.processors.redact;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.forebay.processors.policy.BoundedPattern;
import dev.forebay.processors.policy.ByTenant;
import dev.forebay.processors.policy.ByTenant.Layers;
import dev.forebay.processors.redact.Redaction.Policy;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code intake.redaction}. */
public final class RedactionSection {
    private static final List<String> BUILT_IN = List.of("email", "phone", "iban", "card", "ip");
    private static final String UNKNOWN_REGION = "ZZ";
    private static final int LONGEST_NAME = 30;

    private final Supplier<Replacement> tokens;

    private RedactionSection(Supplier<Replacement> tokens) {
        this.tokens = tokens;
    }

    /** The result is usable only where no problem was noted. */
    public static Redaction read(Section section) {
        String secret = section.optionalString("secret");
        RedactionSection reader = new RedactionSection(
                () -> tokens(section, secret).<Replacement>map(tokens -> tokens).orElse(Replacement.MASK));
        Optional<Tokens> tokens = secret == null ? Optional.empty() : tokens(section, secret);
        return new Redaction(ByTenant.read(section, reader::policy), tokens);
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

    private static List<Detector> detectors(Layers layers) {
        String region = region(layers.with("region"));
        List<Detector> detectors = new ArrayList<>();
        for (String type : types(layers.with("types"))) {
            detectors.add(
                    switch (type) {
                        case "email" -> new EmailDetector();
                        case "phone" -> new PhoneDetector(region);
                        case "iban" -> new IbanDetector();
                        case "card" -> new CardDetector();
                        default -> new IpDetector();
                    });
        }
        detectors.addAll(declared(layers.with("patterns").section("patterns")));
        return detectors;
    }

    private static Set<String> types(Section section) {
        Set<String> types = new LinkedHashSet<>();
        for (String type : section.strings("types")) {
            if (BUILT_IN.contains(type)) {
                types.add(type);
            } else {
                section.problem(
                        "types",
                        String.join(", ", BUILT_IN),
                        "There is no type " + type + ". "
                                + Nearest.to(type, BUILT_IN)
                                        .map(name -> "Did you mean " + name + "?")
                                        .orElse("Declare it below patterns."));
            }
        }
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

    private static List<Detector> declared(Section patterns) {
        List<Detector> detectors = new ArrayList<>();
        for (String name : patterns.keys()) {
            if (!isName(name)) {
                patterns.problem(
                        name,
                        "a name of 1 to " + LONGEST_NAME + " of a-z 0-9 -, other than " + String.join(", ", BUILT_IN),
                        "Rename the pattern.");
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

    private static boolean isName(String name) {
        return !BUILT_IN.contains(name)
                && !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}

package dev.forebay.processors.redact;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Redactors for tests. */
final class Redactors {
    static final List<Detector> WITHOUT_PHONE =
            List.of(new EmailDetector(), new IbanDetector(), new CardDetector(), new IpDetector());
    private static final List<Detector> BUILT_IN = Stream.concat(
                    WITHOUT_PHONE.stream(), Stream.of(new PhoneDetector("DE")))
            .toList();

    private Redactors() {}

    /** Every built-in type, with the phone numbers of Germany. */
    static Redactor builtIn(Replacement replacement) {
        return new Redactor(BUILT_IN, replacement);
    }

    /** And a declared type with check digits, and one without. */
    static Redactor all() {
        return new Redactor(allDetectors(), Replacement.MASK);
    }

    /** And names, by the model that was trained on generated texts. */
    static Redactor withNames() {
        List<Detector> detectors = allDetectors();
        detectors.add(TrainedNames.detector());
        return new Redactor(detectors, Replacement.MASK);
    }

    private static List<Detector> allDetectors() {
        List<Detector> detectors = new ArrayList<>(BUILT_IN);
        detectors.add(new PatternDetector(
                "tax-id", Pattern.compile("\\b[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}\\b"), Check.MOD11_10));
        detectors.add(new PatternDetector("ssn", Pattern.compile("\\b\\d{3}-\\d{2}-\\d{4}\\b"), null));
        return detectors;
    }
}

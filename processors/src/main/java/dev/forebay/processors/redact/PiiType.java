package dev.forebay.processors.redact;

import java.util.Locale;

/**
 * A kind of personal data.
 *
 * @param name as in the configuration: built in, or declared with a pattern or a model
 * @param strength how much a finding says
 */
record PiiType(String name, Strength strength) {
    static final PiiType EMAIL = new PiiType("email", Strength.FORM);
    static final PiiType PHONE = new PiiType("phone", Strength.FORM);
    static final PiiType IBAN = new PiiType("iban", Strength.CHECKED);
    static final PiiType CARD = new PiiType("card", Strength.CHECKED);
    static final PiiType IP = new PiiType("ip", Strength.FORM);

    /** What vouches for a finding, the weakest first. */
    enum Strength {
        /** A model holds it for likely. */
        LIKELY,
        /** It is written as such. */
        FORM,
        /** It is written as somebody declared. */
        DECLARED,
        /** Its check digits are right. */
        CHECKED
    }

    /** The form in texts, {@code EMAIL}. */
    String label() {
        return name.toUpperCase(Locale.ROOT);
    }
}

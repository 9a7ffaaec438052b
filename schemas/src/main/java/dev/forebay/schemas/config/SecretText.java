package dev.forebay.schemas.config;

/**
 * A text with a reference to a secret in it. It reads as the secret, because that is what the code asks for; messages
 * show the reference.
 */
record SecretText(String text, String reference) {
    /** A list with a secret in it, made one text. */
    static SecretText of(String text) {
        return new SecretText(text, Secrets.HIDDEN);
    }

    @Override
    public String toString() {
        return text;
    }
}

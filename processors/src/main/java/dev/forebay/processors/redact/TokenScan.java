package dev.forebay.processors.redact;

/** Goes through the places of a text that are written as tokens are, {@code [LABEL:base64url]}. */
final class TokenScan {
    private static final int LONGEST_LABEL = 32;

    private final String text;
    private int start;
    private int colon;
    private int end;

    TokenScan(String text) {
        this.text = text;
    }

    /** Goes to the next place; false where there is none. */
    boolean next() {
        for (start = text.indexOf('[', end); start >= 0; start = text.indexOf('[', start + 1)) {
            colon = start + 1;
            while (colon - start <= LONGEST_LABEL && isLabel(Ascii.at(text, colon))) {
                colon++;
            }
            if (colon > start + 1 && Ascii.at(text, colon) == ':') {
                int close = colon + 1;
                while (isBase64(Ascii.at(text, close))) {
                    close++;
                }
                if (Ascii.at(text, close) == ']') {
                    end = close + 1;
                    return true;
                }
            }
        }
        return false;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    String label() {
        return text.substring(start + 1, colon);
    }

    String body() {
        return text.substring(colon + 1, end - 1);
    }

    private static boolean isLabel(char c) {
        return (c >= 'A' && c <= 'Z') || Ascii.isDigit(c) || c == '-';
    }

    private static boolean isBase64(char c) {
        return Ascii.isAlphanumeric(c) || c == '-' || c == '_';
    }
}

package dev.forebay.schemas.config;

import java.time.Duration;
import java.util.Locale;

/** Amounts with their unit, as texts of a configuration. */
final class Quantity {
    private Quantity() {}

    static Long bytes(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String[] units = {"KIB", "MIB", "GIB"};
        for (int i = 0; i < units.length; i++) {
            if (upper.endsWith(units[i])) {
                long count = Long.parseLong(
                        text.substring(0, text.length() - units[i].length()).strip());
                return Math.multiplyExact(count, 1L << (10 * (i + 1)));
            }
        }
        return Long.parseLong(text);
    }

    static Duration duration(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long count = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits).strip()) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "min" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> throw new NumberFormatException(text);
        };
    }

    /** As {@link #duration} reads it, in the largest unit that it is a whole number of. */
    static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1_000 != 0) {
            return millis == 0 ? "0 s" : millis + " ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + " s";
        }
        if (seconds % 3_600 != 0) {
            return seconds / 60 + " min";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + " d" : seconds / 3_600 + " h";
    }
}

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
}

package dev.forebay.deploy.pipeline;

import java.util.Optional;

/** Where a letter stands in the topic of dead letters, {@code 0-17}; its name on the command line. */
public record Position(int partition, long offset) {
    private static final int PARTITION_DIGITS = 9;
    private static final int OFFSET_DIGITS = 18;

    /** Reads {@code 0-17}; empty where the text is no position. */
    public static Optional<Position> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0 || !isNumber(text.substring(0, dash), PARTITION_DIGITS)) {
            return Optional.empty();
        }
        String offset = text.substring(dash + 1);
        return isNumber(offset, OFFSET_DIGITS)
                ? Optional.of(new Position(Integer.parseInt(text.substring(0, dash)), Long.parseLong(offset)))
                : Optional.empty();
    }

    private static boolean isNumber(String text, int digits) {
        return !text.isEmpty() && text.length() <= digits && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}

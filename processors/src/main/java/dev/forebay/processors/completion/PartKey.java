package dev.forebay.processors.completion;

import java.util.Optional;

/**
 * A request among those of its event.
 *
 * @param part the number of the element, from 1
 * @param task where each element is for several; else empty
 */
public record PartKey(int part, String task) {
    /** As many as no array may have elements. */
    static final int MOST_DIGITS = 9;

    /** Empty where the request is not one of the event's. */
    public static Optional<PartKey> of(String eventId, String requestId) {
        if (!requestId.startsWith(eventId + "#")) {
            return Optional.empty();
        }
        String rest = requestId.substring(eventId.length() + 1);
        int slash = rest.indexOf('/');
        String task = slash < 0 ? "" : rest.substring(slash + 1);
        return slash == rest.length() - 1 && slash >= 0
                ? Optional.empty()
                : number(slash < 0 ? rest : rest.substring(0, slash)).map(index -> new PartKey(index + 1, task));
    }

    /** The id of the request, which tells the part's index from 0. */
    public String requestId(String eventId) {
        return eventId + "#" + (part - 1) + (task.isEmpty() ? "" : "/" + task);
    }

    /** A number as it is written in ids and attributes; empty for anything else. */
    static Optional<Integer> number(String text) {
        boolean isNumber = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        return isNumber ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}

package dev.forebay.deploy.deadletters;

import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.record.DeadLetter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which letters are meant; a criterion that is empty is met by all.
 *
 * @param topics that the originals were read from
 * @param since the earliest time of failure, included
 * @param until the time of failure before which, not included
 */
public record LetterFilter(
        Set<Position> positions,
        Set<String> codes,
        Set<String> topics,
        Set<String> requestIds,
        Optional<Instant> since,
        Optional<Instant> until) {
    public static final LetterFilter ALL =
            new LetterFilter(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

    boolean matches(Letter letter) {
        DeadLetter content = letter.content();
        Instant failedAt = content.getFailedAt();
        String id = content.getRequestId();
        return holds(positions, letter.position())
                && holds(codes, content.getCode())
                && holds(topics, content.getTopic())
                && (requestIds.isEmpty() || (id != null && requestIds.contains(id)))
                && since.filter(failedAt::isBefore).isEmpty()
                && until.filter(time -> !failedAt.isBefore(time)).isEmpty();
    }

    private static <T> boolean holds(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}

package dev.forebay.deploy.deadletters;

import java.util.Optional;
import java.util.Set;

/** Says which letters may be replayed: none forever, none twice, none to a topic that only the letter names. */
final class ReplayPolicy {
    private final Set<String> topics;
    private final int maxAttempts;

    /** @param topics that records may be sent to */
    ReplayPolicy(Set<String> topics, int maxAttempts) {
        this.topics = topics;
        this.maxAttempts = maxAttempts;
    }

    /** Why a letter must stay where it is; empty where it may go. */
    Optional<ReplayRefusal> refuse(Letter letter, boolean replayedBefore) {
        if (!topics.contains(letter.content().getTopic())) {
            return Optional.of(ReplayRefusal.UNDECLARED_TOPIC);
        }
        if (letter.content().getValue() == null) {
            return Optional.of(ReplayRefusal.NO_PAYLOAD);
        }
        if (replayedBefore) {
            return Optional.of(ReplayRefusal.REPLAYED_BEFORE);
        }
        return letter.content().getAttempts() >= maxAttempts
                ? Optional.of(ReplayRefusal.TOO_MANY_ATTEMPTS)
                : Optional.empty();
    }
}

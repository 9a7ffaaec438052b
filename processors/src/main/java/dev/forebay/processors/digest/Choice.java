package dev.forebay.processors.digest;

import dev.forebay.processors.rule.Expression;
import dev.forebay.processors.rule.Facts;
import dev.forebay.processors.rule.UndecidedException;
import dev.forebay.schemas.record.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a digest is made of, and of which of them together. Requests of different tenants never are.
 *
 * @param when empty for every request
 */
record Choice(Optional<Expression> when, Grouping groupBy) {
    /** The group of a request; empty where the condition does not hold, or has no answer, or there is nothing to group by. */
    Optional<Group> group(String digest, Request request, byte @Nullable [] key) {
        if (!holds(request)) {
            return Optional.empty();
        }
        return groupBy instanceof Grouping.ByNothing
                ? Optional.of(new Group(digest, request.getTenant(), null))
                : groupBy.value(request, key).map(value -> new Group(digest, request.getTenant(), value));
    }

    private boolean holds(Request request) {
        try {
            return when.isEmpty() || when.get().holds(Facts.of(request));
        } catch (UndecidedException e) {
            // The request goes its own way all the same.
            return false;
        }
    }
}

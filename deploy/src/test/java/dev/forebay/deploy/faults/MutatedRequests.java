package dev.forebay.deploy.faults;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.fuzz.Mutations;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Decoded;
import java.time.Instant;
import java.util.Optional;

/**
 * Mutations of right requests, each with the ending that its bytes ask for: a dead letter with the codec's own reason, or,
 * where they still are a request, what becomes of that one. Among them are records without a value.
 */
final class MutatedRequests {
    private static final int ONE_IN_SO_MANY_HAS_NO_VALUE = 50;

    private final FaultRun run;
    private final Codec<Request> codec;
    private final Mutations mutations;

    MutatedRequests(FaultRun run) {
        this.run = run;
        codec = run.codecs().of(run.topics().work(), Request.class);
        mutations = new Mutations(run.random());
    }

    /** The next one, for the id that the client gives next; one that names another id is passed over. */
    Ask next() {
        String id = run.client().nextId();
        if (run.random().nextInt(ONE_IN_SO_MANY_HAS_NO_VALUE) == 0) {
            return Ask.nothing(run.key());
        }
        while (true) {
            Ask right = Ask.text(run.key(), "a right one " + run.random().nextLong());
            byte[] bytes = mutations.of(run.client().encoded(id, right));
            Optional<Ending> ending =
                    codec.decode(bytes).fold(good -> ending(id, good.value()), MutatedRequests::ending);
            if (ending.isPresent()) {
                return Ask.bytes(right.key(), bytes, ReasonCode.MALFORMED).ending(ending.get());
            }
        }
    }

    private static Optional<Ending> ending(Decoded.Bad<Request> bad) {
        return Optional.of(Ending.dead(bad.code()));
    }

    private static Optional<Ending> ending(String id, Request request) {
        if (!request.getRequestId().equals(id)) {
            return Optional.empty();
        }
        if (!request.getTask().equals(FaultRun.TASK)) {
            return Optional.of(Ending.rejected(ReasonCode.UNKNOWN_TASK));
        }
        Instant expires = request.getExpiresAt();
        if (expires != null && !Instant.now().isBefore(expires)) {
            return Optional.of(Ending.rejected(ReasonCode.EXPIRED));
        }
        return Optional.of(
                request.getText().isBlank()
                        ? Ending.rejected(ReasonCode.EMPTY_TEXT)
                        : Ask.text("", request.getText()).ending());
    }
}

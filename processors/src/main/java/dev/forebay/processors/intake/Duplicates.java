package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Reason;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;

/** Refuses a request whose tenant had one with the same id admitted a short while before. */
final class Duplicates {
    private final Memory memory;

    Duplicates(Memory memory) {
        this.memory = memory;
    }

    /** Why a request is not wanted; where it is, it is remembered. */
    Optional<Reason> refuse(Request request, Event event, Instant now) {
        String position = event.position().toString();
        if (request.getRequestId().equals(position)) {
            // Made of the position, so no other record has it.
            return Optional.empty();
        }
        return memory.putIfAbsent(key(request), position, now)
                .filter(former -> !former.equals(position))
                .map(former -> new Reason(
                        ReasonCode.DUPLICATE,
                        "A request with this id was admitted within intake.duplicates.window, from " + former
                                + ". Send each request once, or give it an id of its own."));
    }

    /** The same few bytes for ids of any length, and no id in the store. */
    private static byte[] key(Request request) {
        byte[] tenant = request.getTenant().getBytes(StandardCharsets.UTF_8);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(tenant.length).array());
            digest.update(tenant);
            return digest.digest(request.getRequestId().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** The keys that came within the window. */
    interface Memory {
        /** What a key came with before; where it did not come, it is kept with its value and empty is given. */
        Optional<String> putIfAbsent(byte[] key, String value, Instant now);

        /** Duplicates are welcome. */
        static Memory none() {
            return (key, value, now) -> Optional.empty();
        }
    }
}

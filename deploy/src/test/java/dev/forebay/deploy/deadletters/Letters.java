package dev.forebay.deploy.deadletters;

import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.record.DeadLetter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Letters for tests. */
final class Letters {
    static final Instant FAILED_AT = Instant.parse("2026-03-01T12:00:00Z");

    private Letters() {}

    static Letter at(Position position, DeadLetter.Builder content) {
        return new Letter(position, content.build());
    }

    static DeadLetter.Builder content() {
        return DeadLetter.newBuilder()
                .setTopic("events")
                .setPartition(2)
                .setOffset(40)
                .setTimestamp(FAILED_AT.minusSeconds(5))
                .setKey(null)
                .setValue(ByteBuffer.wrap(new byte[] {1}))
                .setHeaders(List.of())
                .setCode("malformed")
                .setMessage("no JSON")
                .setStage("intake")
                .setRequestId("r-1")
                .setModel(null)
                .setAttempts(1)
                .setFailedAt(FAILED_AT);
    }
}

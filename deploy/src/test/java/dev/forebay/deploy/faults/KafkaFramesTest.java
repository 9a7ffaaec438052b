package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KafkaFramesTest {
    private static final Set<Short> COMMITS = Set.of((short) 8);

    @Test
    void aRequestIsHeldWhereverTheBytesAreCut() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            ByteBuffer stream = ByteBuffer.allocate(1_000);
            int passing = 0;
            for (int request = 0; request < 5; request++) {
                frame(stream, (short) random.nextInt(8), random.nextInt(100));
            }
            passing = stream.position();
            frame(stream, (short) 8, 50);
            stream.flip();

            KafkaFrames frames = new KafkaFrames();
            int passed = 0;
            boolean held = false;
            while (!held && passed < stream.limit()) {
                int end = Math.min(stream.limit(), passed + 1 + random.nextInt(40));
                int may = frames.passable(stream.slice(passed, end - passed), COMMITS);
                held = may < end - passed;
                passed += may;
            }

            // What passes of the held request is less than its head, which tells a broker nothing.
            assertThat(held).as("seed %d", seed).isTrue();
            assertThat(passed).as("seed %d", seed).isBetween(passing, passing + 5);
            assertThat(frames.passable(stream.slice(passed, stream.limit() - passed), Set.of()))
                    .as("let go, seed %d", seed)
                    .isEqualTo(stream.limit() - passed);
        }
    }

    private static void frame(ByteBuffer stream, short api, int payload) {
        stream.putInt(payload + 2).putShort(api).put(new byte[payload]);
    }
}

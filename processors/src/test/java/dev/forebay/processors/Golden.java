package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.Topology;

/** Compares a topology with the description of it that is checked in below {@code golden/}. */
public final class Golden {
    private Golden() {}

    public static void assertDescribed(Topology topology, String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            String expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(topology.describe().toString())
                    .as("golden/%s; where the change is meant, replace the file's content", file)
                    .isEqualToNormalizingNewlines(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

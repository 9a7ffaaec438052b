package dev.forebay.deploy.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.deploy.console.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the records of a reference topic, one JSON object per line, as {@link TrialEvents} reads events. */
final class TrialReferences {
    private static final Set<String> KEYS = Set.of("key", "value", "value_base64");

    private final BufferedReader lines;

    TrialReferences(BufferedReader lines) {
        this.lines = lines;
    }

    /** Takes one record. */
    interface Taker {
        /** @param value null where the key is deleted */
        void take(byte[] key, byte @Nullable [] value);
    }

    void forEach(Taker taker) throws IOException {
        long line = 0;
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            line++;
            if (!text.isBlank()) {
                take(line, TrialEvents.parse(line, text), taker);
            }
        }
    }

    private static void take(long line, JsonNode object, Taker taker) {
        object.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                throw new UsageException("Line " + line + " has the key " + name + "; known are "
                        + String.join(", ", KEYS.stream().sorted().toList()) + ".");
            }
        });
        byte[] key = TrialEvents.text(object.get("key"));
        if (key == null) {
            throw new UsageException("Line " + line + " has no key, such as {\"key\": \"c-7\", \"value\": {}}.");
        }
        taker.take(key, TrialEvents.value(line, object));
    }
}

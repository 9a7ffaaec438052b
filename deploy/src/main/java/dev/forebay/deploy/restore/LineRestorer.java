package dev.forebay.deploy.restore;

import dev.forebay.processors.redact.Tokens;
import java.nio.charset.StandardCharsets;

/** Restores the tokens of one line, which has no line feed. */
public interface LineRestorer {
    byte[] restore(byte[] line);

    /** For lines of text that are all one tenant's. */
    static LineRestorer ofText(Tokens tokens, String tenant, RestoreCounts counts) {
        Bytes bytes = new Bytes(tokens, counts, original -> original.getBytes(StandardCharsets.UTF_8));
        return line -> bytes.restore(line, 0, line.length, tenant);
    }
}

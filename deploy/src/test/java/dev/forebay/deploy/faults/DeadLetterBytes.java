package dev.forebay.deploy.faults;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** C8: a dead letter carries the input's bytes, or their hash where they do not fit, and exactly the input's headers. */
final class DeadLetterBytes implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, Sent> byId = evidence.inputsById();
        List<String> found = new ArrayList<>();
        for (Terminal terminal : evidence.terminals()) {
            Sent input = byId.get(terminal.requestId());
            if (input != null && terminal.kind() == Terminal.Kind.DEAD_LETTER) {
                if (!terminal.original().equals(input.value())
                        && !terminal.original().equals(digest(input.value()))) {
                    found.add("changed bytes: the dead letter of " + terminal.requestId());
                }
                if (!terminal.headers().equals(input.headers())) {
                    found.add("changed headers: the dead letter of " + terminal.requestId());
                }
            }
        }
        return found;
    }

    /** What stands in for a value of these bytes, given in hex. */
    static String digest(String value) {
        byte[] bytes = HexFormat.of().parseHex(value);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "sha256:" + HexFormat.of().formatHex(hash) + ":" + bytes.length;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}

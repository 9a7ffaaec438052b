package dev.forebay.processors.enrich;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reference record as a store keeps it: the text of each column, or that it has none. */
final class Row {
    private static final int ABSENT = -1;

    private Row() {}

    /** For each text a length of four bytes and as many bytes of UTF-8. */
    static byte[] encode(List<@Nullable String> texts) {
        List<byte @Nullable []> parts = new ArrayList<>();
        int size = 0;
        for (String text : texts) {
            byte[] part = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
            size += Integer.BYTES + (part == null ? 0 : part.length);
            parts.add(part);
        }
        ByteBuffer row = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            row.putInt(part == null ? ABSENT : part.length);
            if (part != null) {
                row.put(part);
            }
        }
        return row.array();
    }

    /** @return one text for each column, null where it has none */
    static List<@Nullable String> decode(byte[] row) {
        ByteBuffer rest = ByteBuffer.wrap(row);
        List<@Nullable String> texts = new ArrayList<>();
        while (rest.hasRemaining()) {
            int length = rest.getInt();
            if (length == ABSENT) {
                texts.add(null);
            } else {
                texts.add(new String(row, rest.position(), length, StandardCharsets.UTF_8));
                rest.position(rest.position() + length);
            }
        }
        return texts;
    }
}

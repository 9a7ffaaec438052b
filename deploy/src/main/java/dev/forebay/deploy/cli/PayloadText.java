package dev.forebay.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.deploy.pipeline.GenericJson;
import dev.forebay.schemas.registry.RegistryRefusedException;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.schemas.serde.Codecs;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes for a person's eyes: Avro in the wire format as JSON, JSON indented, other text as it is, else hex. */
final class PayloadText {
    private static final int HEX_BYTES = 4096;
    private static final int HEX_ROW = 32;
    private static final int LINE_BYTES = 512;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Codecs codecs;

    PayloadText(Codecs codecs) {
        this.codecs = codecs;
    }

    String of(byte[] bytes) {
        return avro(bytes)
                .map(node -> block("Avro, written here as JSON", bytes, node.toPrettyString()))
                .or(() -> text(bytes).map(text -> json(text)
                        .map(node -> block("JSON", bytes, node.toPrettyString()))
                        .orElseGet(() -> block("text", bytes, text))))
                .orElseGet(() -> block(hexTitle(bytes), bytes, hex(bytes)));
    }

    /** Text where it is that, else hex; cut where it is long. */
    static String onOneLine(byte[] bytes) {
        String more = bytes.length > LINE_BYTES ? " ... (" + bytes.length + " bytes)" : "";
        return text(bytes)
                .map(text -> text.substring(0, text.offsetByCodePoints(0, Math.min(LINE_BYTES, points(text)))) + more)
                .orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes, 0, Math.min(LINE_BYTES, bytes.length)) + more);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String block(String kind, byte[] bytes, String text) {
        return String.format("%-10s %d bytes, %s%n%s", "payload:", bytes.length, kind, Printable.lines(text));
    }

    private Optional<JsonNode> avro(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != 0) {
            return Optional.empty();
        }
        try {
            return codecs.generic(bytes)
                    .fold(good -> Optional.of(GenericJson.of(good.value())), bad -> Optional.empty());
        } catch (RegistryRefusedException | RegistryUnavailableException e) {
            // The letter is shown all the same: hex needs no registry.
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> json(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString())
                    .filter(text -> text.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String hexTitle(byte[] bytes) {
        return bytes.length > HEX_BYTES
                ? "the first " + HEX_BYTES + " in hex; 'forebay dlq export' writes them all"
                : "in hex";
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int end = Math.min(HEX_BYTES, bytes.length);
        for (int from = 0; from < end; from += HEX_ROW) {
            text.append(String.format("%06x  ", from))
                    .append(HexFormat.of().formatHex(bytes, from, Math.min(end, from + HEX_ROW)))
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}

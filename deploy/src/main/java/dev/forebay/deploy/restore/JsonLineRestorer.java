package dev.forebay.deploy.restore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.forebay.processors.redact.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Restores tokens in some strings of lines that are JSON objects. The line is not written anew: only the tokens are
 * replaced, so that numbers, spaces, the order of keys and escapes stay as they are.
 */
public final class JsonLineRestorer implements LineRestorer {
    private static final JsonFactory JSON = new JsonFactory();

    private final Set<JsonPointer> texts;
    private final Optional<JsonPointer> tenantAt;
    private final Optional<String> tenant;
    private final RestoreCounts counts;
    private final Bytes bytes;

    /**
     * @param texts where the strings stand
     * @param tenantAt where a line names its tenant
     * @param tenant of lines that name none
     */
    public JsonLineRestorer(
            Tokens tokens,
            Set<JsonPointer> texts,
            Optional<JsonPointer> tenantAt,
            Optional<String> tenant,
            RestoreCounts counts) {
        this.texts = texts;
        this.tenantAt = tenantAt;
        this.tenant = tenant;
        this.counts = counts;
        this.bytes = new Bytes(tokens, counts, JsonStringEncoder.getInstance()::quoteAsUTF8);
    }

    /** The inside of a string, without its quotes. */
    private record Range(int from, int to) {}

    /** @param tenant null where the line names none */
    private record Found(@Nullable String tenant, List<Range> texts) {}

    @Override
    public byte[] restore(byte[] line) {
        Found found = find(line);
        String owner = found == null ? null : found.tenant == null ? tenant.orElse(null) : found.tenant;
        if (found == null || owner == null) {
            if (!isBlank(line)) {
                counts.addUnread();
            }
            return line;
        }
        ByteArrayOutputStream restored = new ByteArrayOutputStream(line.length);
        int done = 0;
        for (Range range : found.texts) {
            restored.write(line, done, range.from - done);
            restored.writeBytes(bytes.restore(line, range.from, range.to, owner));
            done = range.to;
        }
        restored.write(line, done, line.length - done);
        return restored.toByteArray();
    }

    /** Null for a line that is no JSON object. */
    private @Nullable Found find(byte[] line) {
        List<Range> ranges = new ArrayList<>();
        String owner = null;
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_STRING) {
                    continue;
                }
                JsonPointer at = parser.getParsingContext().pathAsPointer();
                if (tenantAt.filter(at::equals).isPresent()) {
                    owner = parser.getText();
                }
                if (texts.contains(at)) {
                    ranges.add(range(parser));
                }
            }
        } catch (IOException e) {
            return null;
        }
        return ranges.stream().allMatch(range -> isInQuotes(line, range)) ? new Found(owner, ranges) : null;
    }

    private static Range range(JsonParser parser) throws IOException {
        int quote = (int) parser.currentTokenLocation().getByteOffset();
        parser.finishToken();
        return new Range(quote + 1, (int) parser.currentLocation().getByteOffset() - 1);
    }

    /** Of a line in another encoding the parser does not know the bytes. */
    private static boolean isInQuotes(byte[] line, Range range) {
        return range.from >= 1
                && range.from <= range.to
                && range.to < line.length
                && line[range.from - 1] == '"'
                && line[range.to] == '"';
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}

package dev.forebay.deploy.deadletters;

import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Letters as lines of JSON, {@code {"letter":"0-17", ...}} with the fields of the record and bytes as base64. Holds one
 * letter at a time.
 */
public final class LetterExport implements AutoCloseable {
    private final OutputStream out;
    private final Codec<DeadLetter> json;

    public LetterExport(Path file, Codecs codecs) throws IOException {
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
        this.json = codecs.of(new Topics.Topic("export", TopicFormat.JSON), DeadLetter.class);
    }

    public void write(Letter letter) {
        byte[] object = json.encode(letter.content());
        try {
            out.write(("{\"letter\":\"" + letter.position() + "\",").getBytes(StandardCharsets.UTF_8));
            out.write(object, 1, object.length - 1);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

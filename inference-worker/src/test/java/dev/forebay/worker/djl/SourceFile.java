package dev.forebay.worker.djl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The default model's ONNX file, out of its artifact and on disk. */
record SourceFile(Path path) implements AutoCloseable {
    static SourceFile extract() throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(Path.of("target")), "source", ".onnx");
        try (InputStream in = SourceFile.class.getClassLoader().getResourceAsStream("all-minilm-l6-v2.onnx");
                var out = Files.newOutputStream(file)) {
            Objects.requireNonNull(in).transferTo(out);
        }
        return new SourceFile(file);
    }

    @Override
    public void close() throws IOException {
        Files.delete(path);
    }
}

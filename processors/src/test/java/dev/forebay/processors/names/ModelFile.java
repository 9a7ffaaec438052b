package dev.forebay.processors.names;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A model's file by its entries, which a test changes. */
final class ModelFile {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    static ModelFile of(byte[] file) {
        ModelFile model = new ModelFile();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                model.entries.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return model;
    }

    ModelFile with(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    ModelFile with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    ModelFile without(String name) {
        entries.remove(name);
        return this;
    }

    /** A line behind the others of the manifest, which wins over one of the same key. */
    ModelFile withProperty(String line) {
        String manifest = new String(entry(ModelArchive.MANIFEST), StandardCharsets.ISO_8859_1);
        return with(ModelArchive.MANIFEST, manifest + "\n" + line + "\n");
    }

    byte[] entry(String name) {
        return entries.getOrDefault(name, new byte[0]);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the bytes of a classifier as a test wants them. */
    interface Layout {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] classifier(Layout layout) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            layout.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Of two outcomes and one predicate, whatever its pattern and its parameters are. */
    static byte[] classifier(String pattern, double... parameters) {
        return classifier(out -> {
            out.writeUTF("GIS");
            out.writeInt(1);
            out.writeDouble(1);
            texts(out, List.of("person-start", "other"));
            texts(out, List.of(pattern));
            texts(out, List.of("def"));
            for (double parameter : parameters) {
                out.writeDouble(parameter);
            }
        });
    }

    static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }
}

package dev.forebay.processors.names;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a name finder's file, which is a ZIP archive: unpacked in memory, up to a bound. An archive with any other
 * entry is refused, so that there are no dictionaries, no models within the model, and no names that lead elsewhere.
 */
final class ModelArchive {
    static final String MANIFEST = "manifest.properties";
    static final String CLASSIFIER = "nameFinder.model";
    static final String FEATURES = "generator.featuregen";

    private static final Set<String> PARTS = Set.of(MANIFEST, CLASSIFIER, FEATURES);
    private static final int MAX_UNPACKED_BYTES = 128 << 20;
    /** Of the manifest and the descriptor of features, which are text. */
    private static final int MAX_TEXT_BYTES = 64 << 10;

    private final Map<String, byte[]> parts;

    private ModelArchive(Map<String, byte[]> parts) {
        this.parts = parts;
    }

    static ModelArchive read(byte[] file) throws UnfitModelException {
        Map<String, byte[]> parts = new HashMap<>();
        String other = unpack(file, parts);
        // Says what it is, which is the better message where it is another kind of model.
        ModelManifest.read(text(parts, MANIFEST));
        if (other != null) {
            throw new UnfitModelException("It holds " + UnfitModelException.shown(other)
                    + "; only name finders without dictionaries and other resources are read");
        }
        if (!parts.containsKey(CLASSIFIER)) {
            throw new UnfitModelException("It has no " + CLASSIFIER);
        }
        return new ModelArchive(parts);
    }

    /** The name of the first entry that is none of the parts. */
    private static @Nullable String unpack(byte[] file, Map<String, byte[]> parts) throws UnfitModelException {
        String other = null;
        int left = MAX_UNPACKED_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes(left + 1);
                if (bytes.length > left) {
                    throw new UnfitModelException(
                            "It is more than " + (MAX_UNPACKED_BYTES >> 20) + " MiB when unpacked");
                }
                left -= bytes.length;
                if (!PARTS.contains(entry.getName())) {
                    other = other == null ? entry.getName() : other;
                } else if (parts.put(entry.getName(), bytes) != null) {
                    throw new UnfitModelException("It has two entries " + entry.getName());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnfitModelException("It is no whole ZIP archive");
        }
        return other;
    }

    private static byte @Nullable [] text(Map<String, byte[]> parts, String name) throws UnfitModelException {
        byte[] text = parts.get(name);
        if (text != null && text.length > MAX_TEXT_BYTES) {
            throw new UnfitModelException("Its " + name + " is longer than " + (MAX_TEXT_BYTES >> 10) + " KiB");
        }
        return text;
    }

    ModelManifest manifest() throws UnfitModelException {
        return ModelManifest.read(text(parts, MANIFEST));
    }

    byte[] classifier() {
        return parts.getOrDefault(CLASSIFIER, new byte[0]);
    }

    /** Null where the model has the usual ones. */
    byte @Nullable [] features() throws UnfitModelException {
        return text(parts, FEATURES);
    }
}

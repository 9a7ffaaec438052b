package dev.forebay.processors.redact;

import dev.forebay.processors.event.Sha256;
import dev.forebay.processors.names.NameModel;
import dev.forebay.processors.names.UnfitModelException;
import dev.forebay.schemas.config.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code intake.redaction.models}, and the files that it names: a detector for each type that a model finds. */
final class ModelSection {
    private static final Detector NOTHING = (text, digits, found) -> {};
    private static final String MEBIBYTES = (NameModel.MAX_FILE_BYTES >> 20) + " MiB";

    /** By its SHA-256: a file that several types come from is read once. */
    private final Map<String, NameModel> read = new HashMap<>();

    private ModelSection() {}

    /** By type; what cannot be read is noted, and finds nothing. */
    static Map<String, Detector> read(List<Section> models) {
        ModelSection reader = new ModelSection();
        Map<String, Detector> detectors = new LinkedHashMap<>();
        for (Section section : models) {
            String type = type(section);
            if (detectors.put(type, reader.detector(section, type)) != null) {
                section.problem("type", "a type that no other model has", "Rename it, or remove one of the two.");
            }
        }
        return detectors;
    }

    private static String type(Section section) {
        String type = section.requiredString("type", "name");
        if (!type.isEmpty() && !TypeName.isFree(type)) {
            section.problem("type", TypeName.ALLOWED, "Rename it, for example type: name.");
        }
        return type;
    }

    private Detector detector(Section section, String type) {
        double least = section.number("least", 0, 0, 1);
        Optional<NameModel> model = model(section);
        Detector detector = NOTHING;
        if (model.isPresent()) {
            detector = new NameDetector(type, model.get()::find, entity(section, type, model.get()), least);
        }
        section.string("entity", "");
        section.done();
        return detector;
    }

    private static String entity(Section section, String type, NameModel model) {
        String only = model.entities().size() == 1 ? model.entities().iterator().next() : type;
        String entity = section.string("entity", only);
        if (!model.entities().contains(entity)) {
            section.problem(
                    "entity",
                    "one of what the model finds: " + String.join(", ", model.entities()),
                    "Write which one is the type " + type + ", for example entity: "
                            + model.entities().iterator().next() + ".");
        }
        return entity;
    }

    private Optional<NameModel> model(Section section) {
        String file = section.requiredString("file", "/etc/forebay/names.bin");
        String pinned =
                section.requiredString("sha256", "the output of sha256sum").toLowerCase(Locale.ROOT);
        if (file.isEmpty() || pinned.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(NameModel.MAX_FILE_BYTES + 1);
            if (bytes.length > NameModel.MAX_FILE_BYTES) {
                section.problem(
                        "file", "a model of at most " + MEBIBYTES, "Train a smaller one, with a larger cutoff.");
                return Optional.empty();
            }
            return model(section, pinned, bytes);
        } catch (IOException | InvalidPathException e) {
            section.problem("file", "a file that can be read", "Check that it is there and may be read.");
            return Optional.empty();
        }
    }

    private Optional<NameModel> model(Section section, String pinned, byte[] bytes) {
        String actual = HexFormat.of().formatHex(Sha256.of(bytes));
        if (!actual.equals(pinned)) {
            section.problem(
                    "sha256",
                    "the SHA-256 of the file, in hex",
                    "That of the file is " + actual
                            + ". Write this where it is the file that you mean; else get the file again.");
            return Optional.empty();
        }
        try {
            NameModel model = read.containsKey(pinned) ? read.get(pinned) : NameModel.read(bytes);
            read.put(pinned, model);
            return Optional.of(model);
        } catch (UnfitModelException e) {
            section.problem(
                    "file",
                    "a name finder of OpenNLP that needs nothing beyond itself",
                    e.getMessage() + ". Take another model, or train one.");
            return Optional.empty();
        }
    }
}

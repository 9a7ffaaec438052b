package dev.forebay.worker.models;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The place where models lie: {@code ROOT/NAME/SOURCE-VARIANT/}, SOURCE being the first 12 hex digits of the sha256 of
 * the weights that the model was imported from.
 */
public final class ModelDirectory {
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    private final Path root;
    private final Set<String> pins;

    private ModelDirectory(Path root, Set<String> pins) {
        this.root = root;
        this.pins = Set.copyOf(pins);
    }

    public static ModelDirectory at(Path root) {
        return new ModelDirectory(root, Set.of());
    }

    /** @param pins the sha256 of every file that a model may have; empty for any file that its card lists */
    public static ModelDirectory at(Path root, Set<String> pins) {
        return new ModelDirectory(root, pins);
    }

    /** Where models lie unless a configuration says otherwise: FOREBAY_MODELS, else {@code ~/.forebay/models}. */
    public static Path defaultRoot(Map<String, String> environment) {
        String named = environment.getOrDefault("FOREBAY_MODELS", "");
        return named.isBlank() ? Path.of(System.getProperty("user.home"), ".forebay", "models") : Path.of(named);
    }

    public Path root() {
        return root;
    }

    /** Every model here, by name and then by age; one that cannot be opened fails the listing. */
    public List<InstalledModel> list() throws IOException {
        List<InstalledModel> models = new ArrayList<>();
        for (Path name : below(root)) {
            for (Path version : below(name)) {
                models.add(open(version));
            }
        }
        models.sort(Comparator.comparing((InstalledModel m) -> m.card().name())
                .thenComparing(m -> m.card().importedAt()));
        return models;
    }

    /** The model that was imported last under this name in this variant. */
    public Optional<InstalledModel> find(String name, Variant variant) throws IOException {
        List<InstalledModel> found = new ArrayList<>();
        for (Path version : below(home(name))) {
            if (version.toString().endsWith("-" + variant.code())) {
                found.add(open(version));
            }
        }
        return found.stream()
                .filter(model -> model.card().variant() == variant)
                .max(Comparator.comparing(model -> model.card().importedAt()));
    }

    /** What was measured and chosen for a model, oldest first; of every machine that used this directory. */
    public List<VariantChoice> choices(String name) throws IOException {
        return ChoiceFile.all(home(name));
    }

    /** A model of which every file is pinned, where anything is. */
    InstalledModel open(Path version) throws IOException {
        InstalledModel model = InstalledModel.open(version);
        for (Map.Entry<String, ModelCard.StoredFile> file : model.card().files().entrySet()) {
            String sha256 = file.getValue().sha256();
            if (!pins.isEmpty() && !pins.contains(sha256)) {
                throw new ModelFileException(
                        version.resolve(file.getKey()).toString(),
                        "its sha256 " + sha256 + " is not in models.sha256; add it if the file is the one you mean");
            }
        }
        return model;
    }

    /** Where the versions of a model lie. */
    Path home(String name) throws ModelFileException {
        if (!name.matches(NAME)) {
            throw new ModelFileException(name, "not a model name; use letters, digits and . _ -");
        }
        return root.resolve(name);
    }

    /** Directories in the order of their names; names that start with a dot are ours and hold no models. */
    private static List<Path> below(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    boolean hidden = String.valueOf(entry.getFileName()).startsWith(".");
                    if (!hidden && (Files.isDirectory(entry) || Files.isSymbolicLink(entry))) {
                        found.add(plain(entry));
                    }
                }
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private static Path plain(Path directory) throws ModelFileException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelFileException(directory.toString(), "a link; models are not followed through links");
        }
        return directory;
    }
}

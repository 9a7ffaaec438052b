package dev.forebay.worker.models;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * A model in the model directory. A TorchScript archive is a program, so nothing is handed to an engine but the very
 * bytes whose sha256 stands in the card.
 */
public final class InstalledModel {
    public static final String TOKENIZER = "tokenizer.json";

    private static final long MAX_CARD = 1 << 20;
    private static final long MAX_FILE = Integer.MAX_VALUE - 8;
    private static final Set<String> CODE = Set.of("class", "jar", "java", "pkl", "py", "so", "dll", "dylib");

    private final Path directory;
    private final ModelCard card;

    private InstalledModel(Path directory, ModelCard card) {
        this.directory = directory;
        this.card = card;
    }

    /** Reads the card and looks at the names beside it; file contents are checked when they are read. */
    static InstalledModel open(Path directory) throws IOException {
        Path file = directory.resolve(ModelCard.FILE);
        checkIsOurs(directory, Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS), "a directory");
        checkIsOurs(file, Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), "a file");
        if (Files.size(file) > MAX_CARD) {
            throw new ModelFileException(file.toString(), "larger than " + MAX_CARD + " bytes; it is no model card");
        }
        InstalledModel model =
                new InstalledModel(directory, ModelCard.parse(file.toString(), Files.readAllBytes(file)));
        model.checkNames();
        return model;
    }

    public Path directory() {
        return directory;
    }

    public ModelCard card() {
        return card;
    }

    /** The content of one of the model's files, after its sha256 was compared with the card's. */
    public byte[] read(String name) throws IOException {
        Path file = directory.resolve(name);
        ModelCard.StoredFile expected = card.files().get(name);
        if (expected == null) {
            throw new ModelFileException(file.toString(), "not listed in " + ModelCard.FILE);
        }
        checkIsOurs(file, Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), "a file");
        long size = Files.size(file);
        if (size != expected.bytes() || size > MAX_FILE) {
            throw changed(file, size + " bytes where the card says " + expected.bytes());
        }
        byte[] content = Files.readAllBytes(file);
        String found = Sha256.of(content);
        if (!found.equals(expected.sha256())) {
            throw changed(file, "its sha256 is " + found + " where the card says " + expected.sha256());
        }
        return content;
    }

    /** Reads every file. */
    public void verify() throws IOException {
        for (String name : card.files().keySet()) {
            read(name);
        }
    }

    private void checkNames() throws IOException {
        for (String required : Set.of(card.variant().weights(), TOKENIZER)) {
            if (!card.files().containsKey(required)) {
                throw new ModelFileException(directory.resolve(ModelCard.FILE).toString(), "lists no " + required);
            }
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                checkEntry(entry);
            }
        }
    }

    private void checkEntry(Path entry) throws IOException {
        String name = String.valueOf(entry.getFileName());
        checkIsOurs(entry, Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS), "a file");
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean listed = card.files().containsKey(name) || name.equals(ModelCard.FILE);
        if (!listed || CODE.contains(extension)) {
            throw new ModelFileException(
                    entry.toString(),
                    "a model directory holds the files of its card and nothing else; find out who put it there, then remove it");
        }
    }

    private static void checkIsOurs(Path path, boolean expected, String kind) throws IOException {
        if (expected) {
            return;
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(
                    path.toString(), null, "missing; remove the model's directory and import it again");
        }
        throw new ModelFileException(
                path.toString(), "not " + kind + " of its own: a model directory holds plain files and no links");
    }

    private static ModelFileException changed(Path file, String how) {
        return new ModelFileException(
                file.toString(),
                "changed since it was imported: " + how + "; remove the model's directory and import it again");
    }
}

package dev.forebay.worker.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where the choice for one question lies, beside the model's versions; each machine has a file of its own. */
final class ChoiceFile {
    private static final long MAX_SIZE = 1 << 20;

    private static final String PREFIX = "choice-";
    private static final String SUFFIX = ".json";

    private final Path path;
    private final String question;
    private final Machine machine;

    /** @param question what was free to choose, say {@code pytorch-auto} */
    ChoiceFile(Path home, String question, Machine machine) {
        this.path = home.resolve(PREFIX + question + "-" + machine.key() + SUFFIX);
        this.question = question;
        this.machine = machine;
    }

    /** Every choice that lies there, of whichever machine. */
    static List<VariantChoice> all(Path home) throws IOException {
        List<VariantChoice> choices = new ArrayList<>();
        if (Files.isDirectory(home)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(home, PREFIX + "*" + SUFFIX)) {
                for (Path file : files) {
                    read(file).ifPresent(choices::add);
                }
            }
        }
        choices.sort(Comparator.comparing(VariantChoice::measuredAt));
        return choices;
    }

    String question() {
        return question;
    }

    /** Empty where there is none that was measured on a machine like this one. */
    Optional<VariantChoice> read() throws IOException {
        return read(path)
                .filter(choice ->
                        choice.machine().equals(machine) && choice.question().equals(question));
    }

    /** Empty where the file is half written or of another release: it is measured anew and written over. */
    private static Optional<VariantChoice> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_SIZE) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(VariantChoice.parse(Files.readAllBytes(file)))
                    .filter(choice -> choice.format() == VariantChoice.FORMAT);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    void write(VariantChoice choice) throws IOException {
        Path whole = Files.createTempFile(path.toAbsolutePath().getParent(), ".choice-", ".json");
        try {
            Files.write(whole, choice.json());
            Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}

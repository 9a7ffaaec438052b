package dev.forebay.worker.tune;

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

/** The budgets that were learned for a model, beside its versions; each machine and layout has a file of its own. */
public final class BudgetFiles {
    private static final long MAX_SIZE = 1 << 16;

    private final Path home;

    /**
     * @param models the model directory
     * @param model name of the model
     */
    public static BudgetFiles of(Path models, String model) {
        return new BudgetFiles(models.resolve(model));
    }

    BudgetFiles(Path home) {
        this.home = home;
    }

    /** All that can be read, oldest first. */
    public List<LearnedBudget> all() throws IOException {
        List<LearnedBudget> budgets = new ArrayList<>();
        if (Files.isDirectory(home)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(home, "budget-*.json")) {
                for (Path file : files) {
                    read(file).ifPresent(budgets::add);
                }
            }
        }
        budgets.sort(Comparator.comparing(LearnedBudget::measuredAt));
        return budgets;
    }

    /** Empty where there is none for exactly this, or none that can be read: then it is measured anew. */
    Optional<LearnedBudget> read(BudgetKey key) {
        try {
            return read(home.resolve(key.file())).filter(budget -> budget.key().equals(key));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** In one step: another process sees the old file or the new one. */
    void write(LearnedBudget budget) throws IOException {
        Files.createDirectories(home);
        Path whole = Files.createTempFile(home, ".budget-", ".json");
        try {
            Files.write(whole, budget.json());
            Files.move(
                    whole,
                    home.resolve(budget.key().file()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static Optional<LearnedBudget> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_SIZE) {
            return Optional.empty();
        }
        return LearnedBudget.parse(Files.readAllBytes(file));
    }
}

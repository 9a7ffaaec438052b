package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.worker.djl.LocalModels;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelCard;
import dev.forebay.worker.models.ModelDirectory;
import dev.forebay.worker.models.ModelSource;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.models.VariantChoice;
import dev.forebay.worker.tune.BudgetFiles;
import dev.forebay.worker.tune.LearnedBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The models on this machine. */
@Command(
        name = "models",
        description = "Lists, shows and imports the models on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(list | show | import)")
final class ModelsCommand {
    private final Console console;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where models lie (default: FOREBAY_MODELS, else ~/.forebay/models).")
    private Optional<Path> directory = Optional.empty();

    private ModelsCommand(Console console) {
        this.console = console;
    }

    static CommandLine commandLine(Console console) {
        return new CommandLine(new ModelsCommand(console));
    }

    @Command(
            name = "list",
            description = "Lists the imported models.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int list() throws IOException {
        List<InstalledModel> models = models().list();
        if (models.isEmpty()) {
            console.say("No model is in " + models().root() + " yet. Import one with: forebay models import "
                    + ModelSource.names().get(0));
            return Failures.DONE;
        }
        String row = "%-24s  %-12s  %-9s  %9s  %s%n";
        console.out().printf(row, "NAME", "VERSION", "PRECISION", "SIZE", "IMPORTED");
        for (InstalledModel model : models) {
            ModelCard card = model.card();
            long bytes = card.files().values().stream()
                    .mapToLong(ModelCard.StoredFile::bytes)
                    .sum();
            String size = String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
            console.out()
                    .printf(row, card.name(), card.version(), card.variant().code(), size, card.importedAt());
        }
        console.out().flush();
        return Failures.DONE;
    }

    @Command(
            name = "show",
            description =
                    "Shows a model's card, after comparing its files with their sha256, and what was measured of it.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int show(@Parameters(paramLabel = "NAME") String name) throws IOException {
        List<InstalledModel> all = models().list();
        List<InstalledModel> named =
                all.stream().filter(model -> model.card().name().equals(name)).toList();
        if (named.isEmpty()) {
            List<String> names =
                    all.stream().map(model -> model.card().name()).distinct().toList();
            String nearest =
                    Nearest.to(name, names).map(n -> " Did you mean " + n + "?").orElse("");
            throw new UsageException("There is no model " + name + " in " + models().root() + "; there are: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)) + "." + nearest);
        }
        for (InstalledModel model : named) {
            model.verify();
            console.out().println("directory: " + model.directory());
            console.out().println(CardText.of(model.card()));
            for (LearnedBudget budget : BudgetFiles.of(models().root(), name).all()) {
                if (budget.key().version().equals(model.card().version())) {
                    console.out().println(BudgetText.of(budget));
                }
            }
        }
        for (VariantChoice choice : models().choices(name)) {
            console.out().println(ChoiceText.of(choice));
        }
        console.out().flush();
        return Failures.DONE;
    }

    @Command(
            name = "import",
            description = "Imports a model, unless it is there already.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int importModel(
            @Parameters(
                            paramLabel = "NAME",
                            defaultValue = "all-MiniLM-L6-v2",
                            description = "Default: ${DEFAULT-VALUE}.")
                    String name,
            @Option(
                            names = "--precision",
                            paramLabel = "P",
                            defaultValue = "auto",
                            description =
                                    "auto measures; or fp32, fp32-packed, bf16, bf16-packed, fp16 or int8 (default: ${DEFAULT-VALUE}).")
                    String precision,
            @Option(
                            names = "--engine",
                            paramLabel = "E",
                            defaultValue = "pytorch",
                            description = "pytorch, or onnxruntime with fp32 or int8 (default: ${DEFAULT-VALUE}).")
                    String engine)
            throws IOException {
        if (ModelSource.named(name).isEmpty()) {
            String nearest = Nearest.to(name, ModelSource.names())
                    .map(n -> " Did you mean " + n + "?")
                    .orElse("");
            throw new UsageException("There is no source for a model " + name + "; these can be imported: "
                    + String.join(", ", ModelSource.names()) + "." + nearest);
        }
        InstalledModel model = LocalModels.resolve(
                config(Map.of("name", name, "precision", precision, "engine", engine)), console::say);
        console.out().println(model.card().name() + "@" + model.card().version() + " is in " + model.directory());
        return Failures.DONE;
    }

    private ModelDirectory models() {
        return ModelDirectory.at(directory.orElseGet(() -> ModelDirectory.defaultRoot(System.getenv())));
    }

    private ModelsConfig config(Map<String, String> given) {
        Map<String, String> values = new HashMap<>(given);
        directory.ifPresent(path -> values.put("directory", path.toString()));
        Problems problems = new Problems();
        ModelsConfig config = ModelsConfig.read(Section.of(values, problems));
        problems.check();
        return config;
    }
}

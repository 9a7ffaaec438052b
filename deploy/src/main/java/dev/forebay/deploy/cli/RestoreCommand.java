package dev.forebay.deploy.cli;

import com.fasterxml.jackson.core.JsonPointer;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.restore.ByteLines;
import dev.forebay.deploy.restore.JsonLineRestorer;
import dev.forebay.deploy.restore.LineRestorer;
import dev.forebay.deploy.restore.RestoreCounts;
import dev.forebay.processors.redact.Tokens;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tokens of the redaction back into what they stand for. */
@Command(
        name = "restore",
        description = "Puts the originals in place of the tokens of intake.redaction; all else stays as it is.",
        footer = {"", "The secret is that of the configuration's intake.redaction.secret, and is given nowhere else."},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RestoreCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Option(names = "--tenant", paramLabel = "T", description = "Whose tokens are restored.")
    private @Nullable String tenant;

    @Option(
            names = "--tenant-from",
            paramLabel = "POINTER",
            description = "With --text: where a line names its tenant, /tenant; T where it names none.")
    private @Nullable String tenantFrom;

    @Option(
            names = "--text",
            paramLabel = "POINTER",
            description = "Lines are JSON objects with the text there, /outcome/text; may be given for each.")
    private List<String> texts = List.of();

    @Option(names = "--input", paramLabel = "IN", description = "The file; - or nothing is standard input.")
    private String input = "-";

    @Option(names = "--output", paramLabel = "OUT", description = "The file, overwritten; else standard output.")
    private @Nullable Path output;

    RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RestoreCounts counts = new RestoreCounts();
        LineRestorer restorer = restorer(counts);
        try (InputStream in = in()) {
            checkOutput();
            write(new ByteLines(in), restorer);
        }
        console.say("forebay: restored " + tokens(counts.restored()) + "; left " + counts.left()
                + " that are another tenant's, of another secret, or none."
                + (counts.unread() == 0
                        ? ""
                        : " Lines that are no JSON object or name no tenant, and so stay as they are: "
                                + counts.unread() + "."));
        return Failures.DONE;
    }

    private LineRestorer restorer(RestoreCounts counts) {
        if (texts.isEmpty() && tenantFrom != null) {
            throw new UsageException("--tenant-from is for lines of JSON. Add --text POINTER, where their text is.");
        }
        if (tenant == null && tenantFrom == null) {
            throw new UsageException("Whose tokens? Add --tenant T, or --tenant-from POINTER for lines of JSON.");
        }
        Set<JsonPointer> places = new LinkedHashSet<>();
        texts.forEach(text -> places.add(pointer("--text", text)));
        Optional<JsonPointer> tenantAt = Optional.ofNullable(tenantFrom).map(at -> pointer("--tenant-from", at));
        Tokens tokens = ForebayConfig.readForAnyCluster(file.path())
                .processors()
                .intake()
                .redaction()
                .tokens()
                .orElseThrow(() -> new UsageException(file + " has no intake.redaction.secret, so there are no tokens"
                        + " of it. Set it by reference, to the secret that they were made with."));
        return texts.isEmpty() && tenant != null
                ? LineRestorer.ofText(tokens, tenant, counts)
                : new JsonLineRestorer(tokens, places, tenantAt, Optional.ofNullable(tenant), counts);
    }

    private static JsonPointer pointer(String option, String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    option + " " + text + " is no JSON pointer. Write for example " + option + " /outcome/text.");
        }
    }

    private InputStream in() throws IOException {
        try {
            return input.equals("-")
                    ? new BufferedInputStream(System.in)
                    : new BufferedInputStream(Files.newInputStream(Path.of(input)));
        } catch (NoSuchFileException e) {
            throw new UsageException("There is no file " + input + ".");
        }
    }

    private void checkOutput() throws IOException {
        if (output != null && !input.equals("-") && Files.exists(output) && Files.isSameFile(output, Path.of(input))) {
            throw new UsageException("--output would overwrite the input " + input + ". Name another file.");
        }
    }

    private void write(ByteLines lines, LineRestorer restorer) throws IOException {
        if (output == null) {
            // Bytes, whatever their encoding, which the console's writer cannot take.
            OutputStream out = new BufferedOutputStream(System.out);
            try {
                lines.through(restorer, out);
            } finally {
                out.flush();
            }
            return;
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(output))) {
            lines.through(restorer, out);
        }
    }

    private static String tokens(long count) {
        return count + (count == 1 ? " token" : " tokens");
    }
}

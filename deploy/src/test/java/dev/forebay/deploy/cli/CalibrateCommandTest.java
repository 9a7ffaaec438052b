package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calibrations from files of examples, by the model that comes with Forebay. */
final class CalibrateCommandTest {
    private static final String CONFIG =
            """
            tasks:
              support:
                task: classify
                labels:
                  billing: invoices, payments and refunds
                  bug: something in the product does not work or crashes
                  delivery: orders, shipping and parcels
                  account: logging in, passwords and account settings
                  praise: thanks and compliments
              embed: {task: embed}
            intake: {sources: [{topic: notes, format: text, task: support}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void calibrationOfTheBundledSampleIsReadBackAndSeen() throws IOException {
        Path config = write("forebay.yaml", CONFIG);
        Path keys = directory.resolve("keys.yaml");

        CapturedConsole run = CapturedConsole.run(
                "calibrate",
                config.toString(),
                "--task",
                "support",
                "--examples",
                sample().toString(),
                "--output",
                keys.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("examples of support by all-MiniLM-L6-v2@", " right, scores from ")
                .containsPattern("calibrated by (logistic scaling|isotonic regression): log loss 0\\.\\d{4}")
                .containsPattern("calibration error, 15 bins +0\\.\\d{4} \\(0\\.\\d{4} to 0\\.\\d{4}\\)")
                .containsPattern("(?m)^100\\.0 % +0\\.\\d{6} +0\\.\\d{4} +0\\.\\d{4}$");
        Path calibrated = write("calibrated.yaml", CONFIG + Files.readString(keys));
        CapturedConsole check = CapturedConsole.run("check", calibrated.toString());
        assertThat(check.code()).as(check.err()).isZero();

        Path events = write("e.txt", "the app crashes when I open the map\n");
        CapturedConsole test =
                CapturedConsole.run("test", calibrated.toString(), "--events", events.toString(), "--topic", "notes");
        assertThat(test.out())
                .containsPattern("  calibrate   score 0\\.\\d+ is a confidence of 0\\.\\d+\n")
                .containsPattern("\"confidence\":0\\.\\d+");
    }

    @Test
    void thresholdForAPrecisionIsWrittenWithIt() throws IOException {
        Path config = write("forebay.yaml", CONFIG);

        CapturedConsole run = CapturedConsole.run(
                "calibrate",
                config.toString(),
                "--task",
                "support",
                "--examples",
                sample().toString(),
                "--precision",
                "0.5");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("At least 0\\.5 right: abstain below 0\\.\\d{6}, which answers \\d+\\.\\d %\\.")
                .containsPattern(
                        "  abstain:\n    \"support\": 0\\.\\d{6}\n  calibration:\n    \"support\":\n      model: \"[0-9a-f]{12}\"");
    }

    @Test
    void precisionThatCannotBeHadIsToldAndTheCalibrationWrittenAllTheSame() throws IOException {
        Path config = write("forebay.yaml", CONFIG);

        CapturedConsole run = CapturedConsole.run(
                "calibrate",
                config.toString(),
                "--task",
                "support",
                "--examples",
                sample().toString(),
                "--precision",
                "0.999");

        assertThat(run.code()).isOne();
        assertThat(run.err()).contains("There is no threshold for --precision 0.999");
        assertThat(run.out()).contains("calibration:").doesNotContain("abstain:");
    }

    @Test
    void whatMakesTheFiguresWorthLessIsSaid() throws IOException {
        Path config = write("forebay.yaml", CONFIG);
        String rows = IntStream.range(0, 30)
                .mapToObj(i -> "invoice number " + i + " is wrong," + (i % 3 == 0 ? "biling" : "billing") + ",support")
                .collect(Collectors.joining("\n", "text,label,task\n", "\n"));
        Path examples = write("e.csv", rows + "INVOICE number 7 is  wrong,bug,support\nwhat a nice cat,cat,animals\n");

        CapturedConsole run = calibrate(config, "support", examples);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains(
                        "left out 1 example of other tasks.",
                        "left out 1 example whose text had come before, 1 of them with another label.",
                        "these are only 30 examples: every figure below may be far off.",
                        "10 examples with a label that the task does not have; they count as wrong: biling.",
                        "there is no example of the label bug, delivery, account, praise");
        assertThat(run.out()).contains("30 examples of support", "verdict:\n  calibration:\n    \"support\":");
    }

    @Test
    void whatCannotBeCalibratedIsRefusedBeforeAModelIsLoaded() throws IOException {
        Path config = write("forebay.yaml", CONFIG);
        String rows = IntStream.range(0, 40).mapToObj(i -> "text " + i + ",x").collect(Collectors.joining("\n"));
        Path foreign = write("foreign.csv", "text,label\n" + rows + "\n");
        Path few = write("few.csv", "text,label\na,bug\nb,bug\n");

        assertUsage(calibrate(config, "suport", few), "There is no task suport. Did you mean support?");
        assertUsage(calibrate(config, "embed", few), "only a task: classify can be calibrated");
        assertUsage(calibrate(config, "support", few), "There are 2 examples of the task support. 20 are the least");
        assertUsage(
                calibrate(config, "support", foreign), "No example has a label of the task support", "theirs are x.");
        assertUsage(calibrate(config, "support", directory.resolve("absent.csv")), "There is no file ");
        assertUsage(
                CapturedConsole.run(
                        "calibrate",
                        config.toString(),
                        "--task",
                        "support",
                        "--examples",
                        few.toString(),
                        "--precision",
                        "95"),
                "--precision 95.0 has to be above 0 and below 1");
    }

    private static CapturedConsole calibrate(Path config, String task, Path examples) {
        return CapturedConsole.run("calibrate", config.toString(), "--task", task, "--examples", examples.toString());
    }

    private static void assertUsage(CapturedConsole run, String... said) {
        assertThat(run.err()).contains(said);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    private Path sample() throws IOException {
        try (InputStream messages =
                Forebay.class.getResourceAsStream("/dev/forebay/deploy/quickstart/support-messages.csv")) {
            return Files.write(
                    directory.resolve("sample.csv"),
                    Objects.requireNonNull(messages).readAllBytes());
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}

package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForebayTest {
    @TempDir
    private Path directory;

    @Test
    void helpFitsAScreen() {
        CapturedConsole help = CapturedConsole.run("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out().lines()).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 110);
        assertThat(help.out())
                .contains("quickstart", "up", "worker", "processors", "check", "topics", "acls", "models", "control");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quickstart",
                "up",
                "worker",
                "processors",
                "check",
                "test",
                "topics",
                "models",
                "read",
                "send",
                "calibrate",
                "restore"
            })
    void everyCommandHasHelp(String command) {
        CapturedConsole help = CapturedConsole.run(command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: forebay " + command);
    }

    @Test
    void noCommandIsAUsageErrorThatShowsTheCommands() {
        CapturedConsole nothing = CapturedConsole.run();

        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("quickstart");
        assertThat(nothing.out()).isEmpty();
    }

    @Test
    void misspeltCommandIsAnsweredWithTheNearest() {
        assertUsage(CapturedConsole.run("quickstrat"), "forebay quickstart");
    }

    @Test
    void misspeltOptionIsAnsweredWithTheNearest() {
        assertUsage(CapturedConsole.run("quickstart", "--inptu"), "--input");
    }

    @Test
    void misspeltTaskIsAnsweredWithTheNearest() {
        assertUsage(CapturedConsole.run("quickstart", "--task", "sumarize"), "Did you mean summarize?");
    }

    @Test
    void missingInputFileIsNamed() {
        assertUsage(CapturedConsole.run("quickstart", "--input", "absent.csv", "--labels", "a,b"), "absent.csv");
        assertUsage(CapturedConsole.run("quickstart", "--input", "absent.csv"), "There is no file absent.csv");
    }

    @Test
    void fieldThatIsNotInTheHeaderIsAnsweredWithTheFieldsThereAre() throws IOException {
        Path file = file("in.csv", "id,message,lang\n1,hello,en\n");

        assertUsage(
                CapturedConsole.run("quickstart", "--input", file.toString(), "--labels", "a,b", "--text", "mesage"),
                "no field mesage",
                "id, message, lang",
                "Did you mean message?");
    }

    @Test
    void fieldThatIsInNoObjectIsAnsweredWithTheFieldsThereAre() throws IOException {
        Path file = file("in.jsonl", "not json\n{\"id\": 1, \"body\": \"hello\"}\n");

        assertUsage(
                CapturedConsole.run("quickstart", "--input", file.toString(), "--labels", "a,b", "--text", "txt"),
                "no field txt",
                "id, body");
    }

    @Test
    void columnsWithoutAUsualNameAskForTheField() throws IOException {
        Path file = file("in.csv", "number,remark\n1,hello\n");

        assertUsage(
                CapturedConsole.run("quickstart", "--input", file.toString(), "--labels", "a,b"),
                "--text FIELD",
                "number, remark");
    }

    @Test
    void formatThatTheNameDoesNotTellIsAskedFor() throws IOException {
        Path file = file("in.dat", "hello\n");

        assertUsage(CapturedConsole.run("quickstart", "--input", file.toString(), "--labels", "a,b"), "--format csv");
    }

    @Test
    void ownInputWithoutLabelsSaysWhatToAdd() throws IOException {
        Path file = file("in.txt", "hello\n");

        assertUsage(CapturedConsole.run("quickstart", "--input", file.toString()), "--labels a,b,c", "--labels-file F");
    }

    @Test
    void labelsGivenTwiceAreRefused() throws IOException {
        Path labels = file("labels", "a\nb\n");

        assertUsage(CapturedConsole.run("quickstart", "--labels", "a,b", "--labels-file", labels.toString()), "twice");
    }

    @Test
    void emptyLabelsFileIsRefused() throws IOException {
        Path labels = file("labels", "\n# nothing yet\n");

        assertUsage(CapturedConsole.run("quickstart", "--labels-file", labels.toString()), "has no label");
    }

    @Test
    void labelsForATaskWithoutLabelsAreRefused() {
        assertUsage(CapturedConsole.run("quickstart", "--task", "embed", "--labels", "a,b"), "--task classify");
    }

    @Test
    void outputInADirectoryThatIsNotThereIsRefused() {
        Path file = directory.resolve("absent").resolve("out.jsonl");

        assertUsage(CapturedConsole.run("quickstart", "--output", file.toString()), file.toString());
    }

    @Test
    void outputOverTheInputIsRefusedAndTheInputKept() throws IOException {
        Path file = file("in.txt", "hello\n");

        assertUsage(
                CapturedConsole.run(
                        "quickstart", "--input", file.toString(), "--output", file.toString(), "--labels", "a,b"),
                "the input file itself");
        assertThat(file).hasContent("hello\n");
    }

    @Test
    void checkNamesEveryProblemAndEndsWithTwo() throws IOException {
        Path file = file("forebay.yaml", "kafk: {}\ntopics:\n  results: no spaces allowed\n");

        CapturedConsole check = CapturedConsole.run("check", file.toString());

        assertUsage(check, "2 problems", "kafk", "Did you mean kafka?", "topics.results");
    }

    @Test
    void checkOfAGoodFileSaysSo() throws IOException {
        Path file = file("forebay.yaml", "kafka: {bootstrap.servers: localhost:9092}\ntasks: {embed: {task: embed}}\n");

        CapturedConsole check = CapturedConsole.run("check", file.toString());

        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out()).contains("is good", "1 task");
    }

    @Test
    void configurationThatIsNotThereIsNamed() {
        assertUsage(CapturedConsole.run("worker", "absent.yaml"), "absent.yaml", "there is no such file");
    }

    @Test
    void unknownModelIsAnsweredWithWhatThereIs() {
        assertUsage(CapturedConsole.run("models", "import", "all-MiniLM-L6"), "Did you mean all-MiniLM-L6-v2?");
    }

    @Test
    void readingWithoutAClusterAsksForOne() {
        assertUsage(CapturedConsole.run("read", "topic"), "--bootstrap-server");
    }

    @Test
    void anotherMachineIsNotTalkedToInTheClear() {
        assertUsage(CapturedConsole.run("read", "t", "-b", "broker:9092"), "SSL or SASL_SSL", "--allow-insecure");
        CapturedConsole registry =
                CapturedConsole.run("read", "t", "-b", "localhost:1", "-r", "http://me:canary@registry:8081");
        assertUsage(registry, "https, because registry is not on this machine");
        assertThat(registry.err()).doesNotContain("canary");
    }

    @Test
    void theRightsOfAConfigurationAreListed() throws IOException {
        Path file = file(
                "forebay.yaml",
                "tasks: {embed: {task: embed}}\ntopics: {work: my.work}\nintake: {enrich: [{name: c, topic: crm, format: text,"
                        + " by: c, attributes: {note: ''}, missing: reject}]}\n");

        CapturedConsole acls = CapturedConsole.run("acls", file.toString());

        assertThat(acls.code()).as(acls.err()).isZero();
        assertThat(acls.out())
                .containsPattern("worker +read +topic +literal +my\\.work\n")
                .containsPattern("processors +read +topic +literal +crm\n")
                .containsPattern("topics +create +topic +literal +crm\n")
                .doesNotContainPattern("write +topic +literal +crm\n")
                .containsPattern("processors +write +transactional-id +prefixed +forebay-intake-\n");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static void assertUsage(CapturedConsole run, String... parts) {
        assertThat(run.err()).contains(parts).startsWith("forebay: ").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
    }
}

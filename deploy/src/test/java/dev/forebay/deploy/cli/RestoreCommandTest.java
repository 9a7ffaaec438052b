package dev.forebay.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.processors.redact.Redaction;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that the redaction of a configuration made, restored by the command with the same configuration. */
final class RestoreCommandTest {
    private static final String SECRET = "only for this test, 32 characters and more";
    private static final String TEXT = "Mail \u00e9lan ann@example.org or call +49 30 901820, \u65e5\u672c.";

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void writeConfig() throws IOException {
        config = config("forebay.yaml", SECRET);
    }

    @Test
    void helpFitsAScreen() {
        CapturedConsole help = CapturedConsole.run("restore", "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out().lines()).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 120);
    }

    @Test
    void textIsAsItWasBeforeItsRedaction() throws IOException {
        String redacted = redacted(TEXT, "acme");
        assertThat(redacted).contains("[EMAIL:", "[PHONE:").doesNotContain("ann@example.org", "901820");

        CapturedConsole run = run(redacted + "\n\n" + redacted, "--tenant", "acme");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(written()).isEqualTo((TEXT + "\n\n" + TEXT).getBytes(UTF_8));
        assertThat(run.err()).contains("restored 4 tokens; left 0").doesNotContain("ann@example.org", SECRET);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatIsNoTokenOfTheTenantAndSecretIsLeftAndCounted() throws IOException {
        String own = redacted(TEXT, "acme");
        String others = redacted(TEXT, "other");
        String token = own.substring(own.indexOf("[EMAIL:"), own.indexOf(']') + 1);
        String changed = token.replace("[EMAIL:", "[PHONE:") + token.replaceFirst(":.", ":_");
        String hostile = "[EMAIL:] [EMAIL:x] [[EMAIL:" + "[".repeat(1_000) + "] [EMAIL:" + "A".repeat(100_000) + "]";

        CapturedConsole run = run(others + "\n" + changed + "\n" + hostile, "--tenant", "acme");

        assertThat(written()).isEqualTo((others + "\n" + changed + "\n" + hostile).getBytes(UTF_8));
        assertThat(run.err()).contains("restored 0 tokens; left 5");
        config = config("another.yaml", "another secret, as long as the first one");
        assertThat(run(own, "--tenant", "acme").err()).contains("restored 0 tokens; left 2");
        assertThat(written()).isEqualTo(own.getBytes(UTF_8));
    }

    /** Whatever the bytes are: those that are no token are the same after as before. */
    @Test
    void bytesThatAreNoTextStayAsTheyAre() throws IOException {
        Random random = new Random(20_261_126);
        String token = redacted("ann@example.org", "acme");
        for (int round = 0; round < 200; round++) {
            byte[] before = new byte[random.nextInt(300)];
            byte[] after = new byte[random.nextInt(300)];
            random.nextBytes(before);
            random.nextBytes(after);

            CapturedConsole run = run(join(before, token.getBytes(UTF_8), after), "--tenant", "acme");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(written()).isEqualTo(join(before, "ann@example.org".getBytes(UTF_8), after));
            Files.write(directory.resolve("again"), written());
            assertThat(run(written(), "--tenant", "acme", "--text", "/text").code())
                    .isZero();
            assertThat(written()).isEqualTo(Files.readAllBytes(directory.resolve("again")));
        }
    }

    @Test
    void linesOfJsonAreRestoredAtTheirTextsByTheirTenantsAndElseStayAsTheyAre() throws IOException {
        String acme = redacted(TEXT, "acme");
        String quoted = redacted("card \"4111 1111 1111 1111\" of ann@example.org", "acme");
        String other = redacted(TEXT, "other");
        String lines =
                """
                {"outcome" : {"text":"%s \\u00e9\\n"},  "n": 1.50e+3, "tenant":"acme", "note":"%s"}
                {"tenant":"other","outcome":{"text":"%s"}}\r
                {"outcome":{"text":"%s"}}
                {"tenant":7,"outcome":{"text":["%s"]}}
                no JSON %s

                [1]
                """
                        .formatted(acme, acme, other, quoted.replace("\"", "\\\""), acme, acme);

        CapturedConsole run = run(lines, "--text", "/outcome/text", "--tenant-from", "/tenant", "--tenant", "acme");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(new String(written(), UTF_8))
                .isEqualTo(
                        """
                        {"outcome" : {"text":"%s \\u00e9\\n"},  "n": 1.50e+3, "tenant":"acme", "note":"%s"}
                        {"tenant":"other","outcome":{"text":"%s"}}\r
                        {"outcome":{"text":"card \\"4111 1111 1111 1111\\" of ann@example.org"}}
                        {"tenant":7,"outcome":{"text":["%s"]}}
                        no JSON %s

                        [1]
                        """
                                .formatted(TEXT, acme, TEXT, acme, acme));
        assertThat(run.err()).contains("restored 6 tokens; left 0", "stay as they are: 2.");
        assertThat(run(lines, "--text", "/outcome/text", "--tenant-from", "/tenant")
                        .err())
                .contains("restored 4 tokens", "stay as they are: 4.");
    }

    @Test
    void originalIsEscapedWhereItStandsInJson() throws IOException {
        String token = redacted("id \"\\\u00e9\u0001\" end", "acme");
        assertThat(token).startsWith("id [QUOTE:");

        run("{\"text\":\"" + token + "\"}", "--text", "/text", "--tenant", "acme");

        assertThat(new String(written(), UTF_8)).isEqualTo("{\"text\":\"id \\\"\\\\\u00e9\\u0001\\\" end\"}");
    }

    @Test
    void standardInputGoesToStandardOutput() throws IOException {
        InputStream in = System.in;
        PrintStream out = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(redacted(TEXT, "acme").getBytes(UTF_8)));
            System.setOut(new PrintStream(written, false, UTF_8));

            assertThat(CapturedConsole.run("restore", config.toString(), "--tenant", "acme")
                            .code())
                    .isZero();
        } finally {
            System.setIn(in);
            System.setOut(out);
        }
        assertThat(written.toByteArray()).isEqualTo(TEXT.getBytes(UTF_8));
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertUsage(run("x"), "--tenant T");
        assertUsage(run("x", "--tenant-from", "/tenant"), "--text POINTER");
        assertUsage(run("x", "--tenant", "a", "--text", "text"), "no JSON pointer", "--text /outcome/text");
        Path input = directory.resolve("input");
        assertUsage(
                CapturedConsole.run(
                        "restore",
                        config.toString(),
                        "--tenant",
                        "a",
                        "--input",
                        input.toString(),
                        "--output",
                        input.toString()),
                "would overwrite the input");
        assertThat(input).hasContent("x");
        assertUsage(
                CapturedConsole.run("restore", config.toString(), "--tenant", "a", "--input", "absent"),
                "There is no file absent.");
        config = Files.writeString(directory.resolve("none.yaml"), "tasks: {triage: {task: embed}}\n");
        assertUsage(run("x", "--tenant", "a"), "no intake.redaction.secret");
    }

    @Test
    void lineThatIsTooLongEndsIt() throws IOException {
        byte[] line = new byte[(16 << 20) + 1];

        CapturedConsole run = run(join("first\n".getBytes(UTF_8), line, new byte[0]), "--tenant", "acme");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Line 2 has more than 16777216 bytes");
        assertThat(written()).isEqualTo("first\n".getBytes(UTF_8));
    }

    private static void assertUsage(CapturedConsole run, String... says) {
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(says);
    }

    private CapturedConsole run(String text, String... options) throws IOException {
        return run(text.getBytes(UTF_8), options);
    }

    private CapturedConsole run(byte[] text, String... options) throws IOException {
        Path input = Files.write(directory.resolve("input"), text);
        String[] all = new String[options.length + 6];
        System.arraycopy(options, 0, all, 6, options.length);
        System.arraycopy(
                new String[] {
                    "restore",
                    config.toString(),
                    "--input",
                    input.toString(),
                    "--output",
                    directory.resolve("output").toString()
                },
                0,
                all,
                0,
                6);
        return CapturedConsole.run(all);
    }

    private byte[] written() throws IOException {
        return Files.readAllBytes(directory.resolve("output"));
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private Path config(String name, String secret) throws IOException {
        return Files.writeString(
                directory.resolve(name),
                """
                tasks: {triage: {task: embed}}
                intake:
                  redaction:
                    types: [email, phone]
                    patterns: {quote: '"[^"]*"'}
                    replace: token
                    secret: %s
                """
                        .formatted(secret));
    }

    private String redacted(String text, String tenant) {
        Redaction redaction =
                ForebayConfig.readForAnyCluster(config).processors().intake().redaction();
        Request request = new Request("r", "triage", tenant, text, Map.of(), Lane.LIVE, Instant.EPOCH, null);
        return redaction.redact(request).getText();
    }
}

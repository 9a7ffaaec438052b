package dev.forebay.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References to secrets, in a file whose secrets are these variables and this directory. */
class SecretReferencesTest {
    private static final String CANARY = "canary-4711";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("FOREBAY_PASSWORD", CANARY, "FOREBAY_FLAG", "true", "OTHER", CANARY + "-other");

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();
    private Path secrets;

    @BeforeEach
    void writeFiles() throws IOException {
        secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("password"), CANARY + "\n");
        Files.writeString(directory.resolve("private"), CANARY + "-private");
    }

    @Test
    void variablesAndFilesStandWhereTheyAreNamed() {
        Section root = read(
                """
                secrets: {files: [SECRETS]}
                kafka:
                  sasl.jaas.config: 'Module required password="${env:FOREBAY_PASSWORD}";'
                  list: ['${file:SECRETS/password}', plain]
                  allow.insecure: ${env:FOREBAY_FLAG}
                """);

        Section kafka = root.section("kafka");
        assertThat(kafka.string("sasl.jaas.config", "")).isEqualTo("Module required password=\"" + CANARY + "\";");
        assertThat(kafka.strings("list")).containsExactly(CANARY, "plain");
        assertThat(kafka.flag("allow.insecure", false)).isTrue();
        assertThat(kafka.properties()).containsEntry("list", CANARY + ",plain");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void whatIsNotAllowedIsNotReadAndTheProblemSaysHowToAllowIt() {
        Section root = read(
                """
                secrets: {files: [SECRETS]}
                kafka: {a: '${env:OTHER}', b: ['${file:SECRETS/../private}'], c: '${file:SECRETS/none}', d: '${env:FOREBAY_X}'}
                """);

        assertThat(root.section("kafka").string("a", "")).isEmpty();
        assertThat(problems.all())
                .extracting(Problem::key)
                .containsExactly("kafka.a", "kafka.b[0]", "kafka.c", "kafka.d");
        assertThat(problems.all().get(0))
                .hasToString("kafka.a: '${env:OTHER}'; allowed: a variable that secrets.env lists: FOREBAY_*."
                        + " Add OTHER to secrets.env, or rename the variable.");
    }

    @Test
    void aLinkOutOfTheAllowedDirectoryIsNotFollowed() throws IOException {
        Files.createSymbolicLink(secrets.resolve("link"), directory.resolve("private"));
        Files.createSymbolicLink(secrets.resolve("inside"), secrets.resolve("password"));

        Section root = read(
                """
                secrets: {files: [SECRETS]}
                kafka: {a: '${file:SECRETS/link}', b: '${file:SECRETS/inside}'}
                """);

        assertThat(root.section("kafka").string("a", "")).isEmpty();
        assertThat(root.section("kafka").string("b", "")).isEqualTo(CANARY);
        assertThat(problems.all()).extracting(Problem::key).containsExactly("kafka.a");
    }

    @Test
    void theDefaultsAreOurOwnVariablesAndNoFileElsewhere() {
        read("kafka: {a: '${env:FOREBAY_PASSWORD}', b: '${file:SECRETS/password}'}");

        assertThat(problems.all()).extracting(Problem::key).containsExactly("kafka.b");
    }

    @Test
    void aSecretIsNotReadAgainForReferencesInIt() {
        Problems none = new Problems();
        Section root = YamlFile.parse(
                "secrets: {env: [A, B]}\nkafka: {a: '${env:A}'}",
                "test.yaml",
                Map.of("A", "${env:B}", "B", "no")::get,
                none);

        assertThat(root.section("kafka").string("a", "")).isEqualTo("${env:B}");
    }

    @Test
    void aProblemShowsTheReferenceAndNeverTheSecret() {
        Section root = read(
                """
                secrets: {files: [SECRETS]}
                worker: {count: '${env:FOREBAY_PASSWORD}', choice: '${file:SECRETS/password}', name: '${env:FOREBAY_PASSWORD}'}
                kafka: {deep: {list: ['${env:FOREBAY_PASSWORD}']}}
                stray: '${env:FOREBAY_PASSWORD}'
                """);
        Section worker = root.section("worker");
        worker.integer("count", 1, 0, 9);
        worker.choice("choice", Thread.State.class, Thread.State.NEW);
        worker.done();
        Section kafka = root.section("kafka").flattened();
        kafka.integer("deep.list", 1, 0, 9);
        root.has("secrets");
        root.done();

        assertThat(problems.all())
                .extracting(Problem::value)
                .containsExactly(
                        "${env:FOREBAY_PASSWORD}",
                        "${file:" + secrets + "/password}",
                        "${env:FOREBAY_PASSWORD}",
                        "(hidden)",
                        "${env:FOREBAY_PASSWORD}");
        assertThat(new ConfigException(problems.all()).getMessage()).doesNotContain(CANARY);
    }

    @Test
    void aFileThatIsNotYamlIsNotQuoted() {
        for (String yaml : new String[] {
            "kafka: {password: \"" + CANARY + "\n", "kafka:\n  password: [" + CANARY + "\n b: @x",
                    "kafka: &a [*b, " + CANARY,
            "password: '" + CANARY + "'\n\tb: 1", "a: " + CANARY + ": b", "a: 1\na: " + CANARY
        }) {
            read(yaml);
        }

        assertThat(problems.all()).hasSize(6);
        assertThat(new ConfigException(problems.all()).getMessage())
                .contains("line")
                .doesNotContain(CANARY);
    }

    private Section read(String yaml) {
        return YamlFile.parse(yaml.replace("SECRETS", secrets.toString()), "test.yaml", ENVIRONMENT::get, problems);
    }
}

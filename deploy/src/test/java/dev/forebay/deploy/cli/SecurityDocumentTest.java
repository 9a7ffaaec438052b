package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.pipeline.AccessList;
import dev.forebay.deploy.pipeline.ForebayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SECURITY.md and the README say, compared with what the code does. */
class SecurityDocumentTest {
    @Test
    void theListOfRightsIsTheOneThatTheCodeGives() throws IOException {
        String document = Files.readString(Path.of("..", "SECURITY.md"));
        ForebayConfig config = ForebayConfig.readForAnyCluster(Map.of(
                "tasks",
                Map.of("embed", Map.of("task", "embed")),
                "intake",
                Map.of("sources", List.of(Map.of("topic", "support.messages", "format", "text", "task", "embed")))));

        String expected = AccessListText.lines(AccessList.of(config)).stream().collect(Collectors.joining("\n"));
        assertThat(document).contains("```\n" + expected + "\n```");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SECURITY.md", "README.md"})
    void everyConfigurationInItIsGood(String name) throws IOException {
        String document = Files.readString(Path.of("..", name));
        int blocks = 0;
        for (String block : document.split("```yaml\n", -1)) {
            if (blocks++ > 0) {
                checkBlock(name, block.substring(0, block.indexOf("```")));
            }
        }
        assertThat(blocks).isGreaterThan(1);
    }

    /** References lead nowhere on this machine; all other problems are the document's. */
    private static void checkBlock(String name, String yaml) throws IOException {
        String whole = yaml.contains("tasks:") ? yaml : yaml + "tasks: {embed: {task: embed}}\n";
        Path file = Files.createTempFile("forebay", ".yaml");
        try {
            Files.writeString(file, whole.replaceAll("\\$\\{(env|file):[^}]*}", "hidden"));

            CapturedConsole run = CapturedConsole.run("check", file.toString());

            assertThat(run.code()).as(name + ": " + run.err()).isZero();
        } finally {
            Files.delete(file);
        }
    }
}

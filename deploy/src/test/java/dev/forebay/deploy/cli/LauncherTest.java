package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/forebay} starts, with a java that prints what it is given. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
    @TempDir
    private Path directory;

    @Test
    void theProcessTakesNoSerialisedObjectsAndNoForeignLoginModules() throws Exception {
        List<String> arguments = started("check", "a file.yaml");

        assertThat(arguments)
                .contains("-Djdk.serialFilter=!*")
                .containsSubsequence("dev.forebay.deploy.cli.Forebay", "check", "a file.yaml");
        assertThat(arguments)
                .filteredOn(argument -> argument.startsWith("-Dorg.apache.kafka.allowed.login.modules="))
                .singleElement()
                .asString()
                .contains(
                        "=org.apache.kafka.common.security.scram.ScramLoginModule,",
                        ",org.apache.kafka.common.security.plain.PlainLoginModule,",
                        ",org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule,")
                .doesNotContain(" ", "Jndi", "Ldap");
    }

    private List<String> started(String... arguments) throws IOException, InterruptedException {
        Path script = executable("install/bin/forebay");
        Files.copy(Path.of("bin", "forebay"), script, StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(directory.resolve("install/lib"));
        Files.writeString(executable("jdk/bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().remove("FOREBAY_OPTS");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private Path executable(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}

package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A secret that is easy to find, in configurations that work and that do not. */
class CanaryTest {
    private static final String CANARY = "canary-4711";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // one that no client can be made of, one that is no YAML, one with secrets where none belong
                "kafka: {security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: 'A required p=canary-4711 canary-4711;'}",
                "kafka: {security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: 'canary-4711'}",
                "kafka: {security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: 'canary-4711 required;'}",
                "kafka: {security.protocol: SSL, ssl.keystore.location: /none, ssl.keystore.password: canary-4711}",
                "kafka: {security.protocol: SSL, ssl.keystore.type: PEM, ssl.keystore.key: canary-4711}",
                "kafka: {security.protocol: SASL_SSL, some.unknown.passcode: canary-4711, allow.insecure: maybe}",
                "kafka: {sasl.jaas.config: \"canary-4711}",
                "kafka: canary-4711",
                "registry: {schema.registry.url: 'http://me:canary-4711@registry:8081', basic.auth.user.info: canary-4711}",
                "intake: {enrich: [{name: a, by: c, attributes: {x: x}, missing: wait, jdbc: {url: 'jdbc:postgresql://u:canary-4711@db/x?password=canary-4711', password: canary-4711, query: 'select ?'}}]}",
                "intake: {enrich: [{name: a, jdbc: {url: 'jdbc:nosuch://u:canary-4711@db/x?password=canary-4711', password: canary-4711}}]}",
                "worker: {password: canary-4711}\nkafkaa: {x: canary-4711}",
            })
    void noCommandShowsASecret(String yaml) throws IOException {
        String servers =
                yaml.contains("{sasl") ? "" : ", bootstrap.servers: 'localhost:1', default.api.timeout.ms: 500";
        String whole = yaml.startsWith("kafka: {") ? yaml.replaceFirst("}$", servers + "}") : yaml;
        Path file = Files.writeString(directory.resolve("forebay.yaml"), whole + "\ntasks: {embed: {task: embed}}\n");
        List<String> arguments = List.of("check", "check --print", "check --online", "topics", "processors", "acls");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            for (String argument : arguments) {
                CapturedConsole run = CapturedConsole.run((argument + " " + file).split(" ", -1));

                assertThat(run.out() + run.err()).as(argument).isNotBlank().doesNotContain(CANARY);
            }
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).noneMatch(event -> (event.getFormattedMessage()
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .contains(CANARY));
    }

    @Test
    void thePrintedConfigurationShowsWhatIsSafe() throws IOException {
        Path file = Files.writeString(
                directory.resolve("forebay.yaml"),
                "kafka: {bootstrap.servers: 'localhost:1', ssl.key.password: canary-4711}\ntasks: {e: {task: embed}}\n");

        CapturedConsole run = CapturedConsole.run("check", "--print", file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "kafka.bootstrap.servers: localhost:1",
                        "kafka.ssl.key.password: (hidden)",
                        "tasks.e.task: embed");
    }
}

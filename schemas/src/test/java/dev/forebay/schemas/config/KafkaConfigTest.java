package dev.forebay.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the section {@code kafka} passes on, and what it refuses. */
class KafkaConfigTest {
    private final Problems problems = new Problems();

    @Test
    void aClientsOwnPropertyWinsOverTheCommonOne() {
        KafkaConfig config = read(
                """
                bootstrap.servers: localhost:1
                sasl.mechanism: PLAIN
                consumer: {sasl.mechanism: SCRAM-SHA-512}
                producer: {sasl: {mechanism: OAUTHBEARER}}
                streams: {main.consumer.max.poll.records: 7}
                """);

        assertThat(config.forConsumer()).containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        assertThat(config.forProducer()).containsEntry("sasl.mechanism", "OAUTHBEARER");
        assertThat(config.forAdmin()).containsEntry("sasl.mechanism", "PLAIN").containsKey("bootstrap.servers");
        assertThat(config.forStreams()).containsEntry("main.consumer.max.poll.records", "7");
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap.servers: 'localhost:9092,127.0.0.1:9092,[::1]:9092,PLAINTEXT://127.0.0.2:9092'",
                "{bootstrap.servers: 'broker:9093', security.protocol: SASL_SSL}",
                "{bootstrap.servers: 'broker:9093', security.protocol: ssl}",
                "{bootstrap.servers: 'broker:9092', allow.insecure: true}",
                "{bootstrap.servers: 'broker:9092', security.protocol: SASL_PLAINTEXT, allow: {insecure: true}}",
            })
    void encryptedOrOnThisMachineOrAllowedIsNoProblem(String yaml) {
        KafkaConfig config = read(yaml);

        assertThat(problems.all()).isEmpty();
        assertThat(config.forAdmin()).doesNotContainKey("allow.insecure");
    }

    @Test
    void talkingInTheClearToAnotherMachineIsRefusedWithTheKeyTheValueAndTheFix() {
        read("{bootstrap.servers: 'localhost:9092,broker:9092', security.protocol: SASL_PLAINTEXT}");

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly("kafka.security.protocol: 'SASL_PLAINTEXT'; allowed: SSL or SASL_SSL, because"
                        + " broker:9092 is not on this machine. Set it and what it needs, or set kafka.allow.insecure:"
                        + " true to send records and passwords in the clear.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap.servers: broker:9092",
                "bootstrap.servers: 127.0.0.1.example.org:9092",
                "bootstrap.servers: localhost.example.org:9092",
                "bootstrap.servers: 'PLAINTEXT://10.0.0.1:9092'",
                "bootstrap.servers: '[2001:db8::1]:9092'",
                "{bootstrap.servers: 'localhost:1', producer: {bootstrap.servers: 'broker:9092'}}",
                "{bootstrap.servers: 'broker:1', security.protocol: SSL, admin: {security.protocol: PLAINTEXT}}",
                "{bootstrap.servers: 'broker:1', security.protocol: SSL, streams: {producer.security.protocol: PLAINTEXT}}",
                "{bootstrap.servers: 'broker:1', security.protocol: SSL, allow.insecure: false, consumer: {security.protocol: ''}}",
            })
    void everyClientIsLookedAt(String yaml) {
        read(yaml);

        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).key()).endsWith("security.protocol");
    }

    @Test
    void aHostNameThatIsNotCheckedIsRefused() {
        read(
                """
                bootstrap.servers: broker:9093
                security.protocol: SSL
                consumer: {ssl.endpoint.identification.algorithm: ''}
                """);

        assertThat(problems.all())
                .extracting(Problem::key)
                .containsExactly("kafka.consumer.ssl.endpoint.identification.algorithm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.B required;",
                " a.B  Required user=me\n password=\"p;w =' \\\" d\" x.y-z='q' ; ",
                "org.example.Module required clientId=\"${vault:path:key}\";",
            })
    void aLoginThatKafkaCanReadIsPassedOn(String jaas) {
        login(jaas);

        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "canary required;",
                "a.B required p=canary canary;",
                "a.B required p=\"canary;",
                "a.B required p=\"a\"canary\";",
                "a.B canary;",
                "a.B required p=\"canary\"",
            })
    void aLoginThatKafkaCannotReadIsRefusedBeforeKafkaQuotesIt(String jaas) {
        login(jaas);

        assertThat(problems.all()).extracting(Problem::key).containsExactly("kafka.sasl.jaas.config");
        assertThat(problems.all().toString()).doesNotContain("canary");
    }

    private void login(String jaas) {
        KafkaConfig.read(Section.of(
                        Map.of("kafka", Map.of("bootstrap.servers", "localhost:1", "sasl.jaas.config", jaas)), problems)
                .section("kafka"));
    }

    @Test
    void aProviderOfKafkaWithoutALimitIsRefused() {
        read(
                """
                bootstrap.servers: localhost:1
                config.providers: files,variables,vault
                config.providers.files.class: org.apache.kafka.common.config.provider.FileConfigProvider
                config.providers.variables.class: org.apache.kafka.common.config.provider.EnvVarConfigProvider
                config.providers.vault.class: org.example.VaultConfigProvider
                """);

        assertThat(problems.all())
                .extracting(Problem::key)
                .containsExactly(
                        "kafka.config.providers.files.param.allowed.paths",
                        "kafka.config.providers.variables.param.allowlist.pattern");
    }

    @Test
    void aProviderOfKafkaWithItsLimitIsPassedOnAndMayNotTakeOurNames() {
        KafkaConfig config = read(
                """
                bootstrap.servers: localhost:1
                config.providers: files
                config.providers.files.class: org.apache.kafka.common.config.provider.FileConfigProvider
                config.providers.files.param.allowed.paths: /run/secrets
                consumer: {config.providers: env, config.providers.env.class: org.example.Any}
                """);

        assertThat(config.forProducer()).containsEntry("config.providers", "files");
        assertThat(problems.all()).extracting(Problem::key).containsExactly("kafka.consumer.config.providers");
    }

    private KafkaConfig read(String yaml) {
        String indented = yaml.indent(2);
        return KafkaConfig.read(
                YamlFile.parse("kafka:\n" + indented, "test.yaml", problems).section("kafka"));
    }
}

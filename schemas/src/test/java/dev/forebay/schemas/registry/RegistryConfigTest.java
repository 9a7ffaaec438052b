package dev.forebay.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.config.ConfigException;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.config.YamlFile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {
    private final Problems problems = new Problems();

    @Test
    void everyKeyThatConfluentsUsersKnowIsTaken() {
        read(
                """
            schema.registry.url: https://a:8081, https://b/apis/ccompat/v7/
            basic.auth.credentials.source: USER_INFO
            basic.auth.user.info: me:pw
            auto.register.schemas: true
            use.latest.version: false
            normalize.schemas: false
            http.connect.timeout.ms: 100
            http.read.timeout.ms: 100
            missing.id.cache.ttl.sec: 1
            value.subject.name.strategy: io.confluent.kafka.serializers.subject.RecordNameStrategy
            """);

        assertThat(problems.all()).isEmpty();
    }

    @Test
    void nestedKeysAreTheSameKeys() {
        RegistryConfig config = read("schema.registry: {url: 'https://a:1'}");

        assertThat(problems.all()).isEmpty();
        assertThat(config.properties()).containsEntry("schema.registry.url", "https://a:1");
        assertThat(config.valueNaming()).isEqualTo(SubjectNaming.TOPIC_NAME);
    }

    @Test
    void noSectionIsNoProblem() {
        assertThat(RegistryConfig.read(Section.empty("registry")).isPresent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "schema.registry.ulr: 'http://a'             | registry.schema.registry.url: missing",
                "schema.registry.ulr: 'http://a'             | Did you mean schema.registry.url?",
                "schema.registry.url: a:8081                 | registry.schema.registry.url: 'a:8081'; allowed: http or https URLs",
                "schema.registry.url: 'ftp://a'              | http or https URLs",
                "schema.registry.url: 'http://a?x=1'         | http or https URLs",
                "schema.registry.url: ','                    | http or https URLs",
                "schema.registry.url: 'http://a,,http://b'   | http or https URLs",
                "auto.register.schemas: yes                  | auto.register.schemas: 'yes'; allowed: true or false",
                "{auto.register.schemas: true, use.latest.version: true} | Keep one of the two",
                "basic.auth.user.info: me                    | Put a colon between",
                "basic.auth.credentials.source: SASL_INHERIT | allowed: URL, USER_INFO",
                "basic.auth.credentials.source: USER_INFO    | basic.auth.user.info: missing",
                "basic.auth.credentials.source: URL          | No URL has a user:password@",
                "{basic.auth.user.info: 'a:b', bearer.auth.token: t} | nothing beside basic.auth.user.info",
                "bearer.auth.credentials.source: OAUTHBEARER | allowed: STATIC_TOKEN",
                "bearer.auth.credentials.source: STATIC_TOKEN| bearer.auth.token: missing",
                "http.read.timeout.ms: 0                     | a whole number from 1 to 600000",
                "value.subject.name.strategy: Mine           | TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy",
                "schema.registry.ssl.truststore.location: /nowhere/t.jks | a readable JKS file",
                "{schema.registry.ssl.truststore.location: t, schema.registry.ssl.truststore.type: PEM} | keytool",
            })
    void whatTheClientCannotUseIsNamedWithItsKey(String yaml, String part) {
        read(yaml);

        assertThat(problems.all()).extracting(Problem::toString).anyMatch(problem -> problem.contains(part));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema.registry.url: 'http://localhost:8081,http://127.0.0.1:1,http://[::1]:2,https://a'",
                "{schema.registry.url: 'http://registry:8081', allow.insecure: true}"
            })
    void httpIsForThisMachineOrWhereItIsAllowed(String yaml) {
        RegistryConfig config = read(yaml);

        assertThat(problems.all()).isEmpty();
        assertThat(config.properties()).containsOnlyKeys("schema.registry.url");
    }

    @Test
    void httpToAnotherMachineIsRefusedWithTheFix() {
        read("schema.registry.url: 'https://a,http://me:pw@registry:8081'");

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "registry.schema.registry.url: 'https://a,http://registry:8081'; allowed: https, because"
                                + " registry is not on this machine. Write https, or set registry.allow.insecure: true to send"
                                + " credentials and schemas in the clear.");
    }

    @Test
    void noProblemAndNoTextShowsASecret() {
        RegistryConfig config = read(
                "{schema.registry.url: 'x://me:hunter2@h', basic.auth.user.info: hunter2, bearer.auth.token: hunter2}");

        assertThat(problems.all()).isNotEmpty();
        assertThat(problems.all().toString()).doesNotContain("hunter2");
        assertThat(config.toString()).contains("basic.auth.user.info").doesNotContain("hunter2");
    }

    @Test
    void aClientOverPropertiesThatItCannotUseIsNotMade() {
        assertThatThrownBy(() -> HttpSchemaRegistry.of(new RegistryConfig(Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void subjectsFollowTheStrategy() {
        assertThat(SubjectNaming.TOPIC_NAME.subject("t", "a.B")).isEqualTo("t-value");
        assertThat(SubjectNaming.TOPIC_NAME.subject("t", "a.B", true)).isEqualTo("t-key");
        assertThat(SubjectNaming.RECORD_NAME.subject("t", "a.B")).isEqualTo("a.B");
        assertThat(SubjectNaming.TOPIC_RECORD_NAME.subject("t", "a.B")).isEqualTo("t-a.B");
    }

    private RegistryConfig read(String yaml) {
        String indented =
                yaml.startsWith("{") ? " " + yaml : "\n  " + yaml.strip().replace("\n", "\n  ");
        return RegistryConfig.read(
                YamlFile.parse("registry:" + indented, "test.yaml", problems).section("registry"));
    }
}

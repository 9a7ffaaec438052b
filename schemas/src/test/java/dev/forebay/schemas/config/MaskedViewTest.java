package dev.forebay.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskedViewTest {
    private static final String YAML =
            """
            secrets: {env: [PW]}
            kafka:
              bootstrap.servers: 'SASL_SSL://you:canary@broker:9093'
              security: {protocol: SASL_SSL}
              sasl.jaas.config: 'Module required password="canary";'
              ssl.keystore: {location: /etc/k.p12, password: '${env:PW}'}
              sasl.oauthbearer.token.endpoint.url: 'https://id/token?key=canary'
              some.interceptor.passcode: canary
              some.pin.ms: canary
              pin: 4711
              consumer: {max.poll.interval.ms: 300000, list: [canary, canary]}
            registry: {schema.registry.url: 'https://me:canary@registry:8081', basic.auth.user.info: 'a:canary'}
            worker: {group: g, batch: {count: 7}}
            intake:
              sources: [{topic: t, password: canary}]
              enrich:
                - jdbc: {url: 'jdbc:postgresql://db/crm?user=u&password=canary&ssl=true', password: '${env:PW}', user: u}
                - jdbc: {url: 'jdbc:sqlserver://db;sslPassword=canary;x=y', password: canary}
                - jdbc: {url: 'jdbc:oracle:thin:scott/canary@//db/crm'}
            unknown: {deep: {er: canary}}
            stray: canary
            """;

    @Test
    void whatIsNotKnownToBeSafeIsHidden() {
        List<String> lines =
                MaskedView.of(YamlFile.parse(YAML, "test.yaml", Map.of("PW", "canary")::get, new Problems()));

        assertThat(lines)
                .noneMatch(line -> line.contains("canary") || line.contains("4711"))
                .contains(
                        "secrets.env[0]: PW",
                        "kafka.security.protocol: SASL_SSL",
                        "kafka.sasl.jaas.config: (hidden)",
                        "kafka.ssl.keystore.location: /etc/k.p12",
                        "kafka.ssl.keystore.password: ${env:PW}",
                        "kafka.pin: (hidden)",
                        "kafka.consumer.max.poll.interval.ms: 300000",
                        "registry.schema.registry.url: https://registry:8081",
                        "worker.group: g",
                        "worker.batch.count: 7",
                        "intake.sources[0].topic: t",
                        "intake.enrich[0].jdbc.url: jdbc:postgresql://db/crm?user=u&password=(hidden)&ssl=true",
                        "intake.enrich[0].jdbc.password: ${env:PW}",
                        "intake.enrich[1].jdbc.url: jdbc:sqlserver://db;sslPassword=(hidden);x=y",
                        "intake.enrich[2].jdbc.url: jdbc:oracle:thin://db/crm",
                        "stray: (hidden)");
    }
}

package dev.forebay.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {
    private static final Schema SCHEMA = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}");
    private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final FakeServer server = new FakeServer();
    private final FakeServer second = new FakeServer();
    private final AtomicLong now = new AtomicLong();

    @AfterEach
    void close() {
        server.close();
        second.close();
    }

    @Test
    void aSchemaIsFetchedOnce() {
        server.answer("GET /schemas/ids/7", 200, schemaAnswer(SCHEMA.toString()));
        HttpSchemaRegistry registry = registry(Map.of());

        assertThat(registry.byId(7)).contains(SCHEMA);
        assertThat(registry.byId(7)).contains(SCHEMA);

        assertThat(server.asked()).containsExactly("GET /schemas/ids/7");
    }

    @Test
    void anUnknownIdIsAskedForAgainAfterAWhile() {
        server.answer("GET /schemas/ids/7", 404, UNKNOWN);
        HttpSchemaRegistry registry = registry(Map.of("missing.id.cache.ttl.sec", "10"));

        assertThat(registry.byId(7)).isEmpty();
        now.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(registry.byId(7)).isEmpty();
        assertThat(server.asked()).hasSize(1);

        server.answer("GET /schemas/ids/7", 200, schemaAnswer(SCHEMA.toString()));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(registry.byId(7)).contains(SCHEMA);
    }

    @Test
    void noRegistryGivesAnIdBelowOne() {
        assertThat(registry(Map.of()).byId(0)).isEmpty();
        assertThat(registry(Map.of()).byId(-5)).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aPlain404IsAWrongUrlAndNoUnknownId() {
        assertThatThrownBy(() -> registry(Map.of()).byId(7))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("404");
    }

    @Test
    void aSchemaThatIsNotAvroIsAsGoodAsUnknown() {
        server.answer("GET /schemas/ids/1", 200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}");
        server.answer("GET /schemas/ids/2", 200, schemaAnswer("{\"type\":\"nonsense\"}"));
        HttpSchemaRegistry registry = registry(Map.of());

        assertThat(registry.byId(1)).isEmpty();
        assertThat(registry.byId(2)).isEmpty();
    }

    @Test
    void referencesAreFetchedFirst() {
        String outer = "{\"type\":\"record\",\"name\":\"B\",\"fields\":[{\"name\":\"a\",\"type\":\"A\"}]}";
        server.answer(
                "GET /schemas/ids/9",
                200,
                "{\"schema\":" + quoted(outer)
                        + ",\"references\":[{\"name\":\"A\",\"subject\":\"a/b\",\"version\":3}]}");
        server.answer("GET /subjects/a%2Fb/versions/3", 200, schemaAnswer(SCHEMA.toString()));

        Schema schema = registry(Map.of()).byId(9).orElseThrow();

        assertThat(schema.getField("a").schema()).isEqualTo(SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void aRegistryThatCannotWorkIsLeftForTheNext(int status) {
        server.answer("GET /schemas/ids/7", status, "{\"error_code\":50001,\"message\":\"store\"}");
        second.answer("GET /schemas/ids/7", 200, schemaAnswer(SCHEMA.toString()));
        second.answer("GET /schemas/ids/8", 200, schemaAnswer(SCHEMA.toString()));
        HttpSchemaRegistry registry = registry(Map.of("schema.registry.url", server.url() + "," + second.url()));

        assertThat(registry.byId(7)).contains(SCHEMA);
        assertThat(registry.byId(8)).contains(SCHEMA);

        assertThat(server.asked())
                .as("the one that answered is asked first from then on")
                .hasSize(1);
    }

    @Test
    void noAnswerAnywhereIsAnOutageThatNamesEachUrl() {
        String dead = second.url();
        second.close();
        server.answer("GET /schemas/ids/7", 503, "");
        HttpSchemaRegistry registry = registry(Map.of("schema.registry.url", dead + "," + server.url()));

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(dead)
                .hasMessageContaining(server.url() + " (HTTP 503)");
    }

    @Test
    void anAnswerThatIsNotJsonIsAnOutage() {
        server.answer("GET /schemas/ids/7", 200, "<html>sign in</html>");

        assertThatThrownBy(() -> registry(Map.of()).byId(7)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void anEndlessAnswerIsAnOutageAndNotRead() {
        server.answer("GET /schemas/ids/7", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = "[".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(part);
            }
        });

        assertThatThrownBy(() -> registry(Map.of()).byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void anAnswerThatTricklesIsAnOutage() {
        CountDownLatch end = new CountDownLatch(1);
        server.answer("GET /schemas/ids/7", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(end);
        });

        assertThatThrownBy(() -> registry(Map.of("http.read.timeout.ms", "100", "http.connect.timeout.ms", "100"))
                        .byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("no answer within 200 ms");
        end.countDown();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 409, 422})
    void aRefusalKeepsTheCodeOfTheRegistry(int status) {
        server.answer("POST /subjects/s/versions", status, "{\"error_code\":" + status + ",\"message\":\"no\"}");
        HttpSchemaRegistry registry = registry(Map.of("auto.register.schemas", "true"));

        RegistryRefusedException refused =
                catchThrowableOfType(RegistryRefusedException.class, () -> registry.idOf("s", SCHEMA));

        assertThat(refused.errorCode()).isEqualTo(status);
        assertThat(refused).hasMessageContaining("no");
    }

    @Test
    void credentialsFollowNoRedirect() {
        server.answer("GET /schemas/ids/7", exchange -> {
            exchange.getResponseHeaders().set("Location", second.url() + "/schemas/ids/7");
            exchange.sendResponseHeaders(302, -1);
        });

        assertThatThrownBy(() -> registry(Map.of("basic.auth.user.info", "u:p")).byId(7))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("redirects");
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void aSchemaIsLookedUpAndNotRegisteredUnlessAskedFor() {
        server.answer("POST /subjects/a%20b%2Fc", 200, "{\"subject\":\"a b/c\",\"id\":3,\"version\":1}");
        HttpSchemaRegistry registry = registry(Map.of());

        assertThat(registry.idOf("a b/c", SCHEMA)).isEqualTo(3);
        assertThat(registry.idOf("a b/c", SCHEMA)).isEqualTo(3);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aSchemaThatIsNotRegisteredSaysWhatToDo() {
        server.answer("POST /subjects/s", 404, UNKNOWN);

        assertThatThrownBy(() -> registry(Map.of()).idOf("s", SCHEMA))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("subject 's'")
                .hasMessageContaining("auto.register.schemas: true");
    }

    @Test
    void theLatestVersionServesWhereItsBytesAreTheSame() {
        Schema documented =
                new Schema.Parser().parse(SCHEMA.toString().replace("\"name\":\"A\"", "\"name\":\"A\",\"doc\":\"d\""));
        server.answer("GET /subjects/s/versions/latest", 200, latest(documented.toString()));
        server.answer(
                "GET /subjects/t/versions/latest", 200, latest("{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}"));
        HttpSchemaRegistry registry = registry(Map.of("use.latest.version", "true"));

        assertThat(registry.idOf("s", SCHEMA)).isEqualTo(5);
        assertThatThrownBy(() -> registry.idOf("t", SCHEMA))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("subject 't'");
    }

    @Test
    void whoAsksIsSaidByUserInfoByUrlOrByToken() {
        server.answer("GET /schemas/ids/7", 404, UNKNOWN);
        String withUser = "http://me:pw@127.0.0.1:" + server.port();

        registry(Map.of("basic.auth.user.info", "u:p")).byId(7);
        registry(Map.of("schema.registry.url", withUser, "basic.auth.user.info", "u:p"))
                .byId(7);
        registry(Map.of("bearer.auth.token", "t")).byId(7);
        registry(Map.of()).byId(7);

        assertThat(server.authorizations()).containsExactly("Basic dTpw", "Basic bWU6cHc=", "Bearer t", "null");
    }

    @Test
    void noMessageShowsAPassword() {
        String dead = "http://me:hunter2@127.0.0.1:" + second.port();
        second.close();

        assertThatThrownBy(() -> registry(Map.of("schema.registry.url", dead)).byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageNotContaining("hunter2");
    }

    private HttpSchemaRegistry registry(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("schema.registry.url", server.url()));
        all.putAll(properties);
        Problems problems = new Problems();
        ClientSettings settings = ClientSettings.read(Section.of(all, problems));
        problems.check();
        return new HttpSchemaRegistry(settings, now::get);
    }

    private static String schemaAnswer(String schema) {
        return "{\"schema\":" + quoted(schema) + "}";
    }

    private static String latest(String schema) {
        return "{\"id\":5,\"version\":2,\"schema\":" + quoted(schema) + "}";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

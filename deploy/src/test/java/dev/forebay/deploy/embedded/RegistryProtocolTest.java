package dev.forebay.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryProtocolTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String X = record("{'name':'x','type':'int'}");
    private static final String X_AND_OPTIONAL_Y =
            record("{'name':'x','type':'int'},{'name':'y','type':'int','default':0}");
    private static final String X_AND_REQUIRED_Y = record("{'name':'x','type':'int'},{'name':'y','type':'int'}");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final MemoryLog log = new MemoryLog();
    private EmbeddedRegistry registry;

    /** A log that can be broken. */
    private static final class MemoryLog implements RegistryLog {
        private final List<RegistryChange> changes = new ArrayList<>();
        private boolean broken;

        @Override
        public void append(RegistryChange change) {
            if (broken) {
                throw new IllegalStateException("no broker");
            }
            changes.add(change);
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.start(new SchemaStore(), log, 0);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void theSameSchemaHasTheSameIdInEverySubject() {
        assertThat(register("a", X)).isEqualTo(1);
        assertThat(register("b", X)).isEqualTo(1);
        assertThat(register("b", X_AND_OPTIONAL_Y)).isEqualTo(2);
        assertThat(register("a", X)).as("registered again").isEqualTo(1);

        expect("GET", "/subjects", 200, "['a','b']");
        expect("GET", "/subjects/b/versions", 200, "[1,2]");
        expect("GET", "/schemas/ids/1/subjects", 200, "['a','b']");
        expect("GET", "/schemas/ids/1/versions", 200, "[{'subject':'a','version':1},{'subject':'b','version':1}]");
        assertThat(log.changes).hasSize(3);
    }

    @Test
    void schemasAreFoundByIdByVersionAndByText() {
        register("a", X);

        assertThat(body(call("GET", "/schemas/ids/1?fetchMaxId=false&subject=a", ""))
                        .path("schema")
                        .asText())
                .isEqualTo(X);
        expect("GET", "/schemas/ids/1/schema", 200, "'" + X.replace("\"", "\\\"") + "'");
        String whole = "{'subject':'a','version':1,'id':1,'schema':'" + X.replace("\"", "\\\"") + "'}";
        expect("GET", "/subjects/a/versions/1", 200, whole);
        expect("GET", "/subjects/a/versions/latest", 200, whole);
        expect("GET", "/subjects/a/versions/-1", 200, whole);
        expect("GET", "/schemas", 200, "[" + whole + "]");
        assertThat(body(call("POST", "/subjects/a?normalize=false&deleted=false", schemaBody(X))))
                .isEqualTo(json(whole));
        expect("GET", "/subjects/a/versions/1/referencedby", 200, "[]");
        expect("GET", "/schemas/types", 200, "['AVRO']");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /subjects/none/versions         | 404 | 40401",
                "GET    | /subjects/none/versions/latest  | 404 | 40401",
                "DELETE | /subjects/none                  | 404 | 40401",
                "GET    | /subjects/a/versions/9          | 404 | 40402",
                "DELETE | /subjects/a/versions/9          | 404 | 40402",
                "GET    | /schemas/ids/99                 | 404 | 40403",
                "GET    | /schemas/ids/99/versions        | 404 | 40403",
                "GET    | /config/a                       | 404 | 40408",
                "GET    | /mode/a                         | 404 | 40409",
                "GET    | /subjects/a/versions/zero       | 422 | 42202",
                "GET    | /subjects/a/versions/0          | 422 | 42202",
                "GET    | /subjects/a/versions/-2         | 422 | 42202",
                "GET    | /subjects/a/versions/99999999999| 422 | 42202",
                "GET    | /schemas/ids/abc                | 404 | 404",
                "GET    | /associations/resources/a       | 404 | 404",
                "GET    | /nonsense//                     | 404 | 404",
                "PATCH  | /subjects                       | 405 | 405",
                "GET    | /subjects/%zz                   | 400 | 0",
            })
    void whatIsNotThereIsSaidInJson(String method, String path, int status, int code) throws Exception {
        register("a", X);
        if (code == 0) {
            assertThat(raw(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 " + status);
            return;
        }

        HttpResponse<String> response = call(method, path, "");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(body(response).path("error_code").asInt()).isEqualTo(code);
        assertThat(body(response).path("message").asText()).isNotBlank();
        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'schema':''}",
                "{'schema':5}",
                "{'schema':'nonsense'}",
                "{'schema':'{\\\\\"type\\\\\":\\\\\"record\\\\\"}'}",
                "{'schema':'{}','schemaType':'PROTOBUF'}",
                "{'schema':'\\\\\"int\\\\\"','references':[{'name':'a','subject':'b','version':1}]}",
                "[]",
                "null",
                "5",
            })
    void aBodyWithoutAnAvroSchemaIsUnprocessable(String body) {
        HttpResponse<String> response =
                call("POST", "/subjects/a/versions", body.replace("\\\\", "\\").replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(body(response).path("error_code").asInt()).isEqualTo(42201);
    }

    @Test
    void aBodyThatIsNotJsonOrTooLongIsRefused() {
        assertThat(call("POST", "/subjects/a/versions", "{").statusCode()).isEqualTo(400);
        assertThat(call("POST", "/subjects/a/versions", "[".repeat(5000)).statusCode())
                .isEqualTo(400);
        assertThat(call("POST", "/subjects/a/versions", " ".repeat(3 << 20)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void anotherSchemaThanTheSubjectsIsNotFoundByText() {
        register("a", X);

        assertThat(body(call("POST", "/subjects/a", schemaBody(X_AND_OPTIONAL_Y)))
                        .path("error_code")
                        .asInt())
                .isEqualTo(40403);
        assertThat(body(call("POST", "/subjects/none", schemaBody(X)))
                        .path("error_code")
                        .asInt())
                .isEqualTo(40401);
    }

    @Test
    void theDefaultIsBackward() {
        register("a", X);

        HttpResponse<String> response = call("POST", "/subjects/a/versions", schemaBody(X_AND_REQUIRED_Y));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(body(response).path("error_code").asInt()).isEqualTo(409);
        assertThat(body(response).path("message").asText()).contains("subject 'a'", "y");
        expect("GET", "/config", 200, "{'compatibilityLevel':'BACKWARD'}");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,true,true",
        "BACKWARD,true,false",
        "BACKWARD_TRANSITIVE,true,false",
        "FORWARD,true,true",
        "FORWARD_TRANSITIVE,true,true",
        "FULL,true,false",
        "FULL_TRANSITIVE,true,false",
    })
    void theLevelDecidesWhatFits(String level, boolean optional, boolean required) {
        register("a", X);
        expectWith("PUT", "/config/a", "{'compatibility':'" + level + "'}", 200, "{'compatibility':'" + level + "'}");
        expect("GET", "/config/a", 200, "{'compatibilityLevel':'" + level + "'}");

        String check = "/compatibility/subjects/a/versions/latest";
        assertThat(body(call("POST", check, schemaBody(X_AND_OPTIONAL_Y)))
                        .path("is_compatible")
                        .asBoolean())
                .isEqualTo(optional);
        JsonNode verbose = body(call("POST", check + "?verbose=true", schemaBody(X_AND_REQUIRED_Y)));
        assertThat(verbose.path("is_compatible").asBoolean()).isEqualTo(required);
        assertThat(verbose.path("messages").isEmpty()).isEqualTo(required);
        assertThat(call("POST", "/subjects/a/versions", schemaBody(X_AND_REQUIRED_Y))
                        .statusCode())
                .isEqualTo(required ? 200 : 409);
    }

    @Test
    void aTransitiveLevelLooksBehindTheLatest() {
        String y = record("{'name':'y','type':'int','default':0}");
        String renamed = record("{'name':'z','type':'string'}");
        call("PUT", "/config/a", "{\"compatibility\":\"NONE\"}");
        register("a", renamed);
        register("a", y);
        String check = "/compatibility/subjects/a/versions";
        String candidate = record("{'name':'z','type':'int','default':0}");

        call("PUT", "/config/a", "{\"compatibility\":\"BACKWARD\"}");
        assertThat(body(call("POST", check, schemaBody(candidate)))
                        .path("is_compatible")
                        .asBoolean())
                .isTrue();

        call("PUT", "/config/a", "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
        assertThat(body(call("POST", check, schemaBody(candidate)))
                        .path("is_compatible")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void settingsAreMadeAndRemoved() {
        expectWith("PUT", "/config", "{'compatibility':'FULL'}", 200, "{'compatibility':'FULL'}");
        expect("GET", "/config/a?defaultToGlobal=true", 200, "{'compatibilityLevel':'FULL'}");
        expect("DELETE", "/config", 200, "{'compatibilityLevel':'FULL'}");
        expect("GET", "/config", 200, "{'compatibilityLevel':'BACKWARD'}");
        assertThat(body(call("PUT", "/config", "{\"compatibility\":\"SOME\"}"))
                        .path("error_code")
                        .asInt())
                .isEqualTo(42203);
        assertThat(body(call("PUT", "/mode", "{\"mode\":\"SOME\"}"))
                        .path("error_code")
                        .asInt())
                .isEqualTo(42204);
    }

    @Test
    void aReadOnlySubjectTakesNothing() {
        register("a", X);
        expect("GET", "/mode", 200, "{'mode':'READWRITE'}");
        expectWith("PUT", "/mode/a", "{'mode':'READONLY'}", 200, "{'mode':'READONLY'}");

        assertThat(register("a", X)).as("what is there is no change").isEqualTo(1);
        assertThat(body(call("POST", "/subjects/a/versions", schemaBody(X_AND_OPTIONAL_Y)))
                        .path("error_code")
                        .asInt())
                .isEqualTo(42205);
        assertThat(body(call("DELETE", "/subjects/a", "")).path("error_code").asInt())
                .isEqualTo(42205);
    }

    @Test
    void deletionIsSoftFirstAndIdsOutliveIt() {
        register("a", X);
        register("a", X_AND_OPTIONAL_Y);

        assertThat(errorOf("DELETE", "/subjects/a/versions/1?permanent=true")).isEqualTo(40407);
        expect("DELETE", "/subjects/a/versions/1", 200, "1");
        assertThat(errorOf("DELETE", "/subjects/a/versions/1")).isEqualTo(40406);
        expect("GET", "/subjects/a/versions", 200, "[2]");
        expect("GET", "/subjects/a/versions?deleted=true", 200, "[1,2]");
        assertThat(errorOf("DELETE", "/subjects/a?permanent=true")).isEqualTo(40405);
        expect("DELETE", "/subjects/a", 200, "[2]");
        assertThat(errorOf("DELETE", "/subjects/a")).isEqualTo(40404);
        expect("GET", "/subjects", 200, "[]");
        expect("GET", "/subjects?deleted=true", 200, "['a']");
        expect("DELETE", "/subjects/a?permanent=true", 200, "[1,2]");
        expect("GET", "/subjects?deleted=true", 200, "[]");

        assertThat(call("GET", "/schemas/ids/2", "").statusCode())
                .as("records with this id may still be on a topic")
                .isEqualTo(200);
        assertThat(register("a", X)).isEqualTo(1);
    }

    @Test
    void aDeletedSchemaComesBackAsANewVersionWithItsId() {
        register("a", X);
        call("DELETE", "/subjects/a", "");

        assertThat(register("a", X)).isEqualTo(1);

        expect("GET", "/subjects/a/versions", 200, "[2]");
    }

    @Test
    void subjectsMayHaveAnyName() {
        assertThat(register("a%20b%2Fc%2B%C3%A9", X)).isEqualTo(1);

        expect("GET", "/subjects", 200, "['a b/c+é']");
        assertThat(errorOf("GET", "/subjects/a+b/versions")).isEqualTo(40401);
        assertThat(body(call("POST", "/subjects/%0A/versions", schemaBody(X)))
                        .path("error_code")
                        .asInt())
                .isEqualTo(42208);
    }

    @Test
    void aWriteThatMayOrMayNotBeKeptEndsAllWrites() {
        register("a", X);
        log.broken = true;
        assertThat(body(call("POST", "/subjects/b/versions", schemaBody(X_AND_OPTIONAL_Y)))
                        .path("error_code")
                        .asInt())
                .isEqualTo(50001);

        log.broken = false;

        assertThat(call("POST", "/subjects/b/versions", schemaBody(X_AND_REQUIRED_Y))
                        .statusCode())
                .isEqualTo(500);
        assertThat(call("GET", "/schemas/ids/1", "").statusCode())
                .as("reading goes on")
                .isEqualTo(200);
    }

    @Test
    void aHostThatIsNotThisMachineIsRefused() throws Exception {
        assertThat(raw("GET /subjects HTTP/1.1\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw("GET /subjects HTTP/1.1\r\nHost: localhost:1\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(registry.url().getHost()).isEqualTo("127.0.0.1");
    }

    private int register(String subject, String schema) {
        HttpResponse<String> response = call("POST", "/subjects/" + subject + "/versions", schemaBody(schema));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return body(response).path("id").asInt();
    }

    private int errorOf(String method, String path) {
        return body(call(method, path, "")).path("error_code").asInt();
    }

    private void expect(String method, String path, int status, String expected) {
        expectWith(method, path, "", status, expected);
    }

    private void expectWith(String method, String path, String body, int status, String expected) {
        HttpResponse<String> response = call(method, path, body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(body(response)).isEqualTo(json(expected));
    }

    private HttpResponse<String> call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(registry.url().getHost(), registry.url().getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(40), StandardCharsets.US_ASCII);
        }
    }

    private static JsonNode body(HttpResponse<String> response) {
        return json(response.body());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.contains("'") && !text.startsWith("{\"") ? text.replace('\'', '"') : text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String schemaBody(String schema) {
        return JSON.createObjectNode().put("schema", schema).toString();
    }

    private static String record(String fields) {
        return ("{'type':'record','name':'A','fields':[" + fields + "]}").replace('\'', '"');
    }
}

package dev.forebay.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.forebay.schemas.config.ConfigException;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS that asks its clients for a certificate. */
class RegistryTlsTest {
    private static final String SSL = "schema.registry.ssl.";

    @TempDir
    private static Path directory;

    private static FakeServer server;

    @BeforeAll
    static void start() throws Exception {
        makeKey("server.p12", "ip:127.0.0.1");
        makeKey("stranger.p12", "dns:elsewhere.example");
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = TlsFiles.read(Section.of(stores("server.p12"), new Problems()))
                .context()
                .orElseThrow();
        https.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        server = new FakeServer(https).answer("GET /schemas/ids/1", 200, "{\"schema\":\"\\\"int\\\"\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aClientThatTrustsAndIsTrustedIsAnswered() {
        assertThat(registry(stores("server.p12")).byId(1)).contains(Schema.create(Schema.Type.INT));
    }

    @Test
    void aClientWithoutACertificateIsNotAnswered() {
        Map<String, String> trustOnly = new HashMap<>(stores("server.p12"));
        trustOnly.keySet().removeIf(key -> key.startsWith(SSL + "key"));

        assertThatThrownBy(() -> registry(trustOnly).byId(1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aServerThatIsNotTrustedIsNotAsked() {
        assertThatThrownBy(() -> registry(stores("stranger.p12")).byId(1))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> registry(Map.of()).byId(1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aWrongPasswordIsAProblemThatDoesNotShowIt() {
        Map<String, String> wrong = new HashMap<>(stores("server.p12"));
        wrong.put(SSL + "truststore.password", "hunter2");

        assertThatThrownBy(() -> registry(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(SSL + "truststore.location")
                .hasMessageNotContaining("hunter2");
    }

    private static HttpSchemaRegistry registry(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("schema.registry.url", "https://127.0.0.1:" + server.port());
        return HttpSchemaRegistry.of(new RegistryConfig(all));
    }

    /** One file as what is trusted and what is shown. */
    private static Map<String, String> stores(String file) {
        String path = directory.resolve(file).toString();
        return Map.of(
                SSL + "truststore.location", path,
                SSL + "truststore.password", "changeit",
                SSL + "truststore.type", "PKCS12",
                SSL + "keystore.location", path,
                SSL + "keystore.password", "changeit",
                SSL + "keystore.type", "PKCS12",
                SSL + "key.password", "changeit");
    }

    private static void makeKey(String file, String name) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "a",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + name,
                        "-keystore",
                        directory.resolve(file).toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).as("keytool").isZero();
    }
}

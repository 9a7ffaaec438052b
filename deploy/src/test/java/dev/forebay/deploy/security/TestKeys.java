package dev.forebay.deploy.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;

/** Key stores with self-signed certificates, and one store that trusts them all. */
final class TestKeys {
    static final String PASSWORD = "canary-store-password";

    private static final String ALIAS = "own";

    private final Path directory;

    TestKeys(Path directory, String... names) throws Exception {
        this.directory = directory;
        for (String name : names) {
            generate(name);
        }
        trustAll(names);
    }

    Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    /** Client properties that trust the broker and show no certificate. */
    Map<String, String> trust() {
        return Map.of(
                "ssl.truststore.location",
                store("trusted").toString(),
                "ssl.truststore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    /** Client properties that show a certificate. */
    Map<String, String> own(String name) {
        return Map.of(
                "ssl.keystore.location",
                store(name).toString(),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.key.password",
                PASSWORD,
                "ssl.keystore.type",
                "PKCS12");
    }

    private void generate(String name) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        store(name).toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).as("keytool").isZero();
    }

    private void trustAll(String... names) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : names) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store(name))) {
                own.load(in, PASSWORD.toCharArray());
            }
            trusted.setCertificateEntry(name, own.getCertificate(ALIAS));
        }
        try (OutputStream out = Files.newOutputStream(store("trusted"))) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }
}

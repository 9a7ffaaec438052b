package dev.forebay.schemas.registry;

import dev.forebay.schemas.config.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The certificates that the client trusts and shows; empty where the JDK's own are used. Host names are always checked. */
record TlsFiles(Optional<SSLContext> context) {
    private static final String PREFIX = "schema.registry.ssl.";

    static TlsFiles read(Section section) {
        KeyStore trusted = store(section, "truststore");
        KeyStore own = store(section, "keystore");
        String keyPassword = section.optionalString(PREFIX + "key.password");
        if (trusted == null && own == null) {
            return new TlsFiles(Optional.empty());
        }
        try {
            char[] password = password(keyPassword, section.optionalString(PREFIX + "keystore.password"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : keys(own, password), trusted == null ? null : trust(trusted), null);
            return new TlsFiles(Optional.of(context));
        } catch (GeneralSecurityException e) {
            section.problem(
                    PREFIX + (own == null ? "truststore.location" : "key.password"),
                    "a store whose entries can be read with the given passwords",
                    "Check the password: " + e.getMessage() + ".");
            return new TlsFiles(Optional.empty());
        }
    }

    private static @Nullable KeyStore store(Section section, String which) {
        String location = section.optionalString(PREFIX + which + ".location");
        String password = section.optionalString(PREFIX + which + ".password");
        String type = section.string(PREFIX + which + ".type", "JKS");
        if (location == null) {
            return null;
        }
        if (!type.equals("JKS") && !type.equals("PKCS12")) {
            section.problem(PREFIX + which + ".type", "JKS, PKCS12", "Convert the store with keytool -importkeystore.");
            return null;
        }
        try (InputStream in = Files.newInputStream(Path.of(location))) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(in, password == null ? null : password.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException | InvalidPathException e) {
            section.problem(
                    PREFIX + which + ".location",
                    "a readable " + type + " file that its password opens",
                    "Check the path, " + PREFIX + which + ".type and " + PREFIX + which + ".password.");
            return null;
        }
    }

    private static KeyManager[] keys(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static char[] password(@Nullable String ofKey, @Nullable String ofStore) {
        String password = ofKey == null ? ofStore : ofKey;
        return password == null ? new char[0] : password.toCharArray();
    }
}

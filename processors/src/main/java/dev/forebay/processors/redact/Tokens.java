package dev.forebay.processors.redact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces texts with tokens such as {@code [EMAIL:Zm9y...]} that only who has the secret can turn back. The same text of
 * the same type and tenant has the same token.
 *
 * <p>Deterministic authenticated encryption by a synthetic IV (SIV; Rogaway and Shrimpton, A Provable-Security Treatment
 * of the Key-Wrap Problem, 2006): the IV is HMAC-SHA256 over tenant, type and text, cut to 16 bytes, and the text is
 * encrypted under it by AES-256 in counter mode; both keys come from the secret by HMAC-SHA256 under names of their own.
 */
public final class Tokens implements Replacement {
    /** Fewer characters of a secret could be guessed. */
    static final int SHORTEST_SECRET = 32;

    private static final int IV_BYTES = 16;
    /** Characters of base64 for the IV with one byte of a text. */
    private static final int SHORTEST_BODY = 23;

    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES/CTR/NoPadding";

    private final SecretKeySpec ivKey;
    private final SecretKeySpec textKey;

    /** @param secret at least 32 characters that nobody can guess */
    public Tokens(String secret) {
        SecretKeySpec root = new SecretKeySpec(utf8(secret), MAC);
        this.ivKey = new SecretKeySpec(hmac(root, utf8("forebay redaction: iv")), MAC);
        this.textKey = new SecretKeySpec(hmac(root, utf8("forebay redaction: text")), "AES");
    }

    @Override
    public String of(PiiType type, String original, String tenant) {
        byte[] plain = utf8(original);
        byte[] iv = iv(tenant, type.label(), plain);
        byte[] token = Arrays.copyOf(iv, IV_BYTES + plain.length);
        System.arraycopy(crypt(Cipher.ENCRYPT_MODE, iv, plain), 0, token, IV_BYTES, plain.length);
        return "[" + type.label() + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(token) + "]";
    }

    @Override
    public boolean made(String label, String body, String tenant) {
        return original(label, body, tenant).isPresent();
    }

    /** The text with the originals in place of the tenant's tokens; what is not a whole token of it stays as it is. */
    public String restore(String text, String tenant) {
        return restore(text, tenant, original -> original);
    }

    /** The same for who writes the originals in a way of its own, or counts. */
    public String restore(String text, String tenant, Restoring restoring) {
        StringBuilder restored = new StringBuilder();
        int done = 0;
        for (TokenScan scan = new TokenScan(text); scan.next(); ) {
            Optional<String> original = original(scan.label(), scan.body(), tenant);
            if (original.isPresent()) {
                restored.append(text, done, scan.start()).append(restoring.written(original.get()));
                done = scan.end();
            } else if (scan.body().length() >= SHORTEST_BODY) {
                restoring.left();
            }
        }
        return done == 0 ? text : restored.append(text, done, text.length()).toString();
    }

    /** What becomes of tokens. */
    public interface Restoring {
        /** What is to stand in place of a token. */
        String written(String original);

        /** One stays that is written as tokens are: it is another tenant's, of another secret, changed, or none at all. */
        default void left() {}
    }

    /** Whether a token was made here for the tenant, and of which text. */
    private Optional<String> original(String label, String body, String tenant) {
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (token.length <= IV_BYTES) {
            return Optional.empty();
        }
        byte[] iv = Arrays.copyOf(token, IV_BYTES);
        byte[] plain = crypt(Cipher.DECRYPT_MODE, iv, Arrays.copyOfRange(token, IV_BYTES, token.length));
        return MessageDigest.isEqual(iv, iv(tenant, label, plain))
                ? Optional.of(new String(plain, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The lengths keep tenant, type and text apart. */
    private byte[] iv(String tenant, String label, byte[] plain) {
        byte[] first = utf8(tenant);
        byte[] second = utf8(label);
        ByteBuffer all = ByteBuffer.allocate(2 * Integer.BYTES + first.length + second.length + plain.length)
                .putInt(first.length)
                .put(first)
                .putInt(second.length)
                .put(second)
                .put(plain);
        return Arrays.copyOf(hmac(ivKey, all.array()), IV_BYTES);
    }

    private byte[] crypt(int mode, byte[] iv, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, textKey, new IvParameterSpec(iv));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES in counter mode", e);
        }
    }

    private static byte[] hmac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HMAC-SHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

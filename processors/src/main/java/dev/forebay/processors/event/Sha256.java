package dev.forebay.processors.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 hash (FIPS 180-4). */
public final class Sha256 {
    /** Bytes of a hash. */
    public static final int BYTES = 32;

    private Sha256() {}

    /** Of the parts, one after the other. */
    public static byte[] of(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}

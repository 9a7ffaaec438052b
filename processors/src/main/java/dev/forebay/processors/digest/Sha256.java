package dev.forebay.processors.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which groups are told apart. */
final class Sha256 {
    /** Bytes of a hash. */
    static final int BYTES = 32;

    private Sha256() {}

    static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}

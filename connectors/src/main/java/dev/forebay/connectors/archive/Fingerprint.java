package dev.forebay.connectors.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 of how a file begins. It tells a file from another one that took its path, and stays the same when the
 * file grows.
 *
 * @param bytes how many bytes at the beginning it covers
 */
record Fingerprint(int bytes, String sha256) {
    private static final int COVERED = 4096;

    static Fingerprint of(Path file) throws IOException {
        return of(file, COVERED);
    }

    /** Reads back what {@link #toString()} gave. */
    static Fingerprint parse(String text) {
        int colon = text.indexOf(':');
        return new Fingerprint(Integer.parseInt(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** Whether the file still begins like the one that this was taken of. */
    boolean fits(Path file) throws IOException {
        return of(file, bytes).equals(this);
    }

    @Override
    public String toString() {
        return bytes + ":" + sha256;
    }

    private static Fingerprint of(Path file, int atMost) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(atMost);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(beginning);
            return new Fingerprint(beginning.length, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

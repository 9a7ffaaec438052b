package dev.forebay.deploy.faults;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.OutOfMemoryException;
import dev.forebay.worker.infer.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model whose vector is a function of the text's sha256, so that every answer can be checked. A text that starts with
 * {@code !throw}, {@code !nan}, {@code !delay:MILLIS}, {@code !oom:ITEMS}, {@code !hang} or {@code !crash} and a space makes
 * that happen; out of memory is for batches of more items than named, and a hang lasts as long as there is a file.
 */
final class FakeModel implements Model {
    static final int DIMENSION = 8;
    private static final int HEAD = 2;

    private static final int LONGEST_FILLER = 40;
    private static final Pattern ASKED = Pattern.compile("!(throw|nan|delay|oom|hang|crash)(?::(\\d{1,9}))? ");
    private static final String HANGING = "hanging-";
    private static final int WINDOW = HEAD + DIMENSION + LONGEST_FILLER;

    private final Path hang;

    /** @param hang the file that makes texts with that marker hang */
    FakeModel(Path hang) {
        this.hang = hang;
    }

    /** What a text asks for, and the token that says so. */
    private enum Marker {
        NONE(0),
        THROW(1),
        NAN(2),
        DELAY(3),
        OOM(4),
        HANG(5),
        CRASH(6);

        private final long token;

        Marker(long token) {
            this.token = token;
        }

        static Marker of(Tokens tokens) {
            for (Marker marker : values()) {
                if (marker.token == tokens.ids()[0]) {
                    return marker;
                }
            }
            throw new IllegalArgumentException("no marker");
        }
    }

    @Override
    public ModelDescription describe() {
        return new ModelDescription("fake", "000000000000", DIMENSION, WINDOW, "fp32", "cpu");
    }

    @Override
    public void warmUp() {
        // there is nothing to be warmed
    }

    /** The marker, its number and the hash stand in for tokens: what arrives with a row is all that its answer needs. */
    @Override
    public List<Tokens> tokenize(List<String> texts) {
        return texts.stream().map(FakeModel::tokens).toList();
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        for (Tokens tokens : batch) {
            act(Marker.of(tokens), tokens.ids()[1], batch.size());
        }
        return batch.stream()
                .map(tokens -> Marker.of(tokens) == Marker.NAN
                        ? (Inference) new Inference.Invalid("a number of the row is not finite")
                        : new Inference.Vector(vector(tokens.ids())))
                .toList();
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** What {@link #infer} answers for a text. */
    static float[] vector(String text) {
        return vector(tokens(text).ids());
    }

    private static Tokens tokens(String text) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(text));
        long[] ids = new long[HEAD + DIMENSION + text.length() % LONGEST_FILLER];
        Matcher asked = ASKED.matcher(text);
        Marker marker = asked.lookingAt() ? Marker.valueOf(asked.group(1).toUpperCase(Locale.ROOT)) : Marker.NONE;
        ids[0] = marker.token;
        ids[1] = marker == Marker.NONE || asked.group(2) == null ? 0 : Long.parseLong(asked.group(2));
        for (int i = 0; i < DIMENSION; i++) {
            ids[HEAD + i] = hash.getInt();
        }
        return new Tokens(ids, false);
    }

    private static float[] vector(long[] ids) {
        float[] values = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            values[i] = ids[HEAD + i] / (float) Integer.MAX_VALUE;
        }
        return values;
    }

    private void act(Marker marker, long number, int items) {
        switch (marker) {
            case NONE, NAN -> {}
            case THROW -> throw new ModelException("the engine failed, as the text asked for");
            case OOM -> {
                if (items > number) {
                    throw new OutOfMemoryException("as the text asked for", new IllegalStateException("out of memory"));
                }
            }
            case DELAY -> pause(number);
            case HANG -> hang();
            case CRASH -> crash();
        }
    }

    private void hang() {
        try {
            Path told = Files.createTempFile(directory(hang), HANGING, "");
            while (Files.exists(hang)) {
                pause(20);
            }
            Files.delete(told);
        } catch (IOException e) {
            throw new ModelException("nobody can be told that a text hangs", e);
        }
    }

    private static Path directory(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** How many texts hang now. */
    static int hanging(Path hang) {
        String[] told = directory(hang).toFile().list((directory, name) -> name.startsWith(HANGING));
        return told == null ? 0 : told.length;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stands in for a fault in native code: the same signal, and the same end of the process. */
    private static void crash() {
        try {
            new ProcessBuilder(
                            "kill",
                            "-SEGV",
                            Long.toString(ProcessHandle.current().pid()))
                    .start();
            pause(60_000);
        } catch (IOException e) {
            throw new ModelException("no signal could be sent", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

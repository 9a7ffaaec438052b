package dev.forebay.schemas.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code secrets}: what references may read. Nothing else can be read through them, and a symbolic link
 * counts as what it leads to.
 *
 * @param names variables, each a name or a beginning with {@code *} after it
 * @param directories the files in and below them
 * @param environment gives a variable, or null
 */
record SecretSources(List<String> names, List<String> directories, UnaryOperator<@Nullable String> environment) {
    private static final int MAX_BYTES = 64 << 10;

    /**
     * What a reference leads to.
     *
     * @param secret null where it leads nowhere; allowed and fix then say why
     */
    record Found(@Nullable String secret, String allowed, String fix) {
        private static Found nothing(String allowed, String fix) {
            return new Found(null, allowed, fix);
        }
    }

    static SecretSources read(Section section, UnaryOperator<@Nullable String> environment) {
        List<String> names = section.has("env") ? section.strings("env") : List.of("FOREBAY_*");
        List<String> directories = section.has("files") ? section.strings("files") : List.of("/run/secrets");
        section.done();
        return new SecretSources(names, directories, environment);
    }

    Found variable(String name) {
        if (names.stream().noneMatch(allowed -> matches(allowed, name))) {
            return Found.nothing(
                    "a variable that secrets.env lists: " + String.join(", ", names),
                    "Add " + name + " to secrets.env, or rename the variable.");
        }
        String value = environment.apply(name);
        return value == null
                ? Found.nothing("a variable that is set", "Set " + name + " before the start.")
                : new Found(value, "", "");
    }

    Found file(String name) {
        try {
            Path file = Path.of(name);
            if (!file.isAbsolute() || !isAllowed(file)) {
                return Found.nothing(
                        "a file below a directory that secrets.files lists: " + String.join(", ", directories),
                        "Add its directory to secrets.files, or move the file.");
            }
            return content(file.toRealPath());
        } catch (IOException | InvalidPathException e) {
            return Found.nothing("a file that can be read", "Check that " + name + " is there and readable.");
        }
    }

    private static Found content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? Found.nothing("a file of at most 64 KiB", "A secret is short; check that this is the file.")
                    : new Found(new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", ""), "", "");
        }
    }

    private boolean isAllowed(Path file) throws IOException {
        Path normal = file.normalize();
        for (String directory : directories) {
            Path allowed = Path.of(directory).toAbsolutePath().normalize();
            if (normal.startsWith(allowed) && file.toRealPath().startsWith(allowed.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String allowed, String name) {
        return allowed.endsWith("*")
                ? name.startsWith(allowed.substring(0, allowed.length() - 1))
                : name.equals(allowed);
    }
}

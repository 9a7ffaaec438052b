package dev.forebay.worker.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a measurement of speed depends on besides the model.
 *
 * @param processor its name
 * @param cores that this process may use
 * @param features digest of the processor's instruction sets
 * @param engine name and version
 * @param devices {@code cpu} or {@code gpu:0}, {@code gpu:0,gpu:1}
 */
public record Machine(String processor, int cores, String features, String engine, String devices) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** This machine, with this engine on these devices. */
    public static Machine here(String engine, String devices) {
        List<String> lines;
        try {
            lines = Files.readAllLines(CPUINFO);
        } catch (IOException e) {
            // not Linux; the platform's names have to do
            lines = List.of();
        }
        return of(lines, Runtime.getRuntime().availableProcessors(), engine, devices);
    }

    static Machine of(List<String> cpuinfo, int cores, String engine, String devices) {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String processor = value(cpuinfo, "model name", value(cpuinfo, "CPU part", platform));
        String flags = value(cpuinfo, "flags", value(cpuinfo, "Features", platform));
        String sorted = Arrays.stream(flags.split(" ", -1)).sorted().collect(Collectors.joining(" "));
        return new Machine(processor, cores, digest(sorted), engine, devices);
    }

    /** Twelve hex digits that are the same where all of this is. */
    public String key() {
        return digest(String.join("\n", processor, Integer.toString(cores), features, engine, devices));
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, Sha256.SHORT);
    }

    private static String value(List<String> lines, String name, String fallback) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(fallback);
    }
}

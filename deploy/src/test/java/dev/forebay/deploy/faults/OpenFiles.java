package dev.forebay.deploy.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What this process holds open, as Linux tells it in {@code /proc}; nothing where it does not. */
final class OpenFiles {
    private static final Path PROC = Path.of("/proc/self");
    private static final int REMOTE_ADDRESS = 2;
    private static final int INODE = 9;

    private OpenFiles() {}

    /** TCP connections whose other end has this port. */
    static int connectionsTo(int port) throws IOException {
        String suffix = String.format(":%04X", port);
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : lines(PROC.resolve("net").resolve(table))) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns[REMOTE_ADDRESS].endsWith(suffix)) {
                    sockets.add("socket:[" + columns[INODE] + "]");
                }
            }
        }
        return (int) targets().stream().filter(sockets::contains).count();
    }

    /** Files in a directory and what is below it. */
    static int below(Path directory) throws IOException {
        String prefix = (Files.exists(directory) ? directory.toRealPath() : directory) + "/";
        return (int)
                targets().stream().filter(target -> target.startsWith(prefix)).count();
    }

    /** What the descriptors of this process lead to. */
    private static List<String> targets() throws IOException {
        List<String> targets = new ArrayList<>();
        Path directory = PROC.resolve("fd");
        if (Files.exists(directory)) {
            try (Stream<Path> descriptors = Files.list(directory)) {
                for (Path descriptor : descriptors.toList()) {
                    try {
                        targets.add(Files.readSymbolicLink(descriptor).toString());
                    } catch (NoSuchFileException e) {
                        // closed since; the one of this listing is
                    }
                }
            }
        }
        return targets;
    }

    private static List<String> lines(Path table) throws IOException {
        return Files.exists(table) ? Files.readAllLines(table) : List.of();
    }
}

package dev.forebay.deploy.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** A directory that can become full: a tmpfs of 64 KiB where one may be mounted, else one that cannot be written to. */
final class SmallDisk implements AutoCloseable {
    private final Path directory;
    private final Path filler;
    private final boolean mounted;

    private SmallDisk(Path directory, boolean mounted) {
        this.directory = directory;
        this.filler = directory.resolve("filler");
        this.mounted = mounted;
    }

    /** @param directory made here */
    static SmallDisk at(Path directory) throws Exception {
        Files.createDirectory(directory);
        return new SmallDisk(
                directory, run("mount", "-t", "tmpfs", "-o", "size=64k", "forebay-faults", directory.toString()));
    }

    /** From now on nothing can be written. */
    void fill() throws IOException {
        if (!mounted) {
            allow("r-xr-xr-x");
            return;
        }
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException e) {
            if (Files.size(filler) == 0) {
                throw e; // it was full before
            }
        }
    }

    /** From now on everything can. */
    void free() throws IOException {
        if (mounted) {
            Files.delete(filler);
        } else {
            allow("rwxr-xr-x");
        }
    }

    @Override
    public void close() throws Exception {
        if (mounted) {
            run("umount", directory.toString());
        }
    }

    private void allow(String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return tool.waitFor(10, TimeUnit.SECONDS) && tool.exitValue() == 0;
    }
}

package dev.forebay.worker.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that takes a slot, says which, and holds it until it is killed or its input ends. */
final class SlotHolder implements AutoCloseable {
    private final Process process;
    private final int slot;

    private SlotHolder(Process process, int slot) {
        this.process = process;
        this.slot = slot;
    }

    static SlotHolder start(Path root) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlotHolder.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        return new SlotHolder(process, Integer.parseInt(String.valueOf(out.readLine())));
    }

    int slot() {
        return slot;
    }

    /** With SIGKILL: nothing of ours runs any more. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] args) throws IOException {
        try (StateDirectory state = StateDirectory.open(Path.of(args[0]))) {
            System.out.println(state.slot());
            var unused = System.in.read();
        }
    }
}

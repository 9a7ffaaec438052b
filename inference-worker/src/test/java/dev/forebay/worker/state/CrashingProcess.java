package dev.forebay.worker.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that gives the engine a record and then sends itself a signal. */
final class CrashingProcess {
    private CrashingProcess() {}

    /** Runs one; what whoever starts the next has to tell it. */
    static String run(Path root, RecordIdentity record, String signal) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ErrorFile=/dev/null",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingProcess.class.getName(),
                        root.toString(),
                        record.topic(),
                        Long.toString(record.offset()),
                        signal)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.pid() + ":" + process.waitFor();
    }

    public static void main(String[] args) throws Exception {
        StateDirectory state = StateDirectory.open(Path.of(args[0]));
        Quarantine quarantine = Quarantine.open(state, 1, 1, List.of(args[1]), null);
        var unused = quarantine.enter(List.of(new RecordIdentity(args[1], 0, Long.parseLong(args[2]), 0, 1)));
        new ProcessBuilder(
                        "kill",
                        "-" + args[3],
                        Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        Thread.sleep(60_000);
    }
}

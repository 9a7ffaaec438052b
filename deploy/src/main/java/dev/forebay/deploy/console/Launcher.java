package dev.forebay.deploy.console;

import java.util.Optional;

/** The script that started this process and looks after it, where there is one. */
public final class Launcher {
    /** The process id of the script. */
    private static final String PID = "forebay.launcher";

    private static final int KILLED = 137;

    private Launcher() {}

    /** Ends this process, as SIGKILL does, when the launcher is gone: it can pass on every signal but that one. */
    public static void endWithIt() {
        String pid = System.getProperty(PID, "");
        if (pid.isEmpty()) {
            return;
        }
        Optional<ProcessHandle> launcher = ProcessHandle.of(Long.parseLong(pid));
        if (launcher.isEmpty()) {
            end();
        } else {
            var unused = launcher.get().onExit().thenRun(Launcher::end);
        }
    }

    private static void end() {
        Runtime.getRuntime().halt(KILLED);
    }
}

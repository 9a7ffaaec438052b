package dev.forebay.deploy;

import java.nio.file.Path;
import java.util.List;

/** {@code forebay worker} as a process of its own. */
final class WorkerProcess {
    private WorkerProcess() {}

    static ChildJvm start(Path config, Path log, String... options) {
        return ChildJvm.start(log, List.of(options), "dev.forebay.deploy.cli.Forebay", "worker", config.toString());
    }
}

package dev.forebay.deploy.pipeline;

import dev.forebay.deploy.embedded.TemporaryDirectory;
import dev.forebay.processors.Processors;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The topologies, with a directory for their process files. */
public final class RunningProcessors implements Part {
    private final TemporaryDirectory stateDir;
    private final Processors processors;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RunningProcessors(TemporaryDirectory stateDir, Processors processors) {
        this.stateDir = stateDir;
        this.processors = processors;
    }

    public static RunningProcessors start(ForebayConfig config) {
        // What state there is comes back from its changelog topic.
        TemporaryDirectory stateDir = TemporaryDirectory.create();
        try {
            Processors processors = Processors.start(
                    config.processors(), config.kafka(), config.topics(), config.codecs(), stateDir.path());
            return new RunningProcessors(stateDir, processors);
        } catch (RuntimeException e) {
            stateDir.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "processors";
    }

    @Override
    public Optional<Throwable> failure() {
        return processors.failure();
    }

    @Override
    public Optional<String> obstacle() {
        return processors.states().stream()
                .flatMap(state -> state.waitingFor().map(what -> state.name() + " is waiting for " + what).stream())
                .findFirst();
    }

    /** Puts how the topologies fare into a registry. */
    public void observe(MeterRegistry registry) {
        ProcessorsMetrics.bind(registry, processors::states, processors::uncalibrated);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                processors.close();
            } finally {
                stateDir.close();
            }
        }
    }
}

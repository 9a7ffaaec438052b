package dev.forebay.deploy.pipeline;

import dev.forebay.processors.TopologyState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The metrics of the processors. Their names are API; processors/docs/delivery.md says what each is for. */
final class ProcessorsMetrics {
    private ProcessorsMetrics() {}

    /** @param uncalibrated gives how many results had a confidence that is unknown */
    static void bind(MeterRegistry registry, Supplier<List<TopologyState>> states, Supplier<Long> uncalibrated) {
        // A counter forgets what nobody else holds; the gauges hold the states.
        FunctionCounter.builder("forebay.processors.uncalibrated", states, now -> uncalibrated.get())
                .description("Results of unknown confidence, because their task is calibrated for another model.")
                .register(registry);
        for (TopologyState topology : states.get()) {
            String name = topology.name();
            Gauge.builder(
                            "forebay.processors.waiting",
                            states,
                            now -> of(now, name, state -> state.waitingFor().isPresent() ? 1 : 0))
                    .description("1 while the topology waits for a fault to pass, else 0.")
                    .tag("topology", name)
                    .strongReference(true)
                    .register(registry);
            FunctionCounter.builder(
                            "forebay.processors.replacements",
                            states,
                            now -> of(now, name, TopologyState::replacements))
                    .description("Threads of the topology that were replaced after a fault.")
                    .tag("topology", name)
                    .register(registry);
            Gauge.builder(
                            "forebay.processors.policy.version",
                            states,
                            now -> of(now, name, state -> state.policyVersion().orElse(-1L)))
                    .description("The version of the policy that is in force; -1 for the configuration file alone.")
                    .tag("topology", name)
                    .strongReference(true)
                    .register(registry);
            FunctionCounter.builder(
                            "forebay.processors.policy.refused",
                            states,
                            now -> of(now, name, TopologyState::refusedChanges))
                    .description("Changes of the policy that were wrong and so did nothing.")
                    .tag("topology", name)
                    .register(registry);
        }
    }

    private static double of(Supplier<List<TopologyState>> states, String name, ToDoubleFunction<TopologyState> value) {
        return states.get().stream()
                .filter(state -> state.name().equals(name))
                .mapToDouble(value)
                .sum();
    }
}

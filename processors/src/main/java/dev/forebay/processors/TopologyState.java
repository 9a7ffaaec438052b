package dev.forebay.processors;

import java.util.Optional;

/**
 * How a topology fares at a moment.
 *
 * @param name {@code intake}, {@code verdict} or {@code digest}
 * @param waitingFor what has to pass before it goes on; empty where nothing holds it up
 * @param replacements threads that were replaced after a fault since the start
 * @param policyVersion of the change that is in force; empty where the configuration file alone counts
 * @param refusedChanges changes of the policy that were wrong, and so did nothing, since the start
 */
public record TopologyState(
        String name,
        Optional<String> waitingFor,
        long replacements,
        Optional<Long> policyVersion,
        long refusedChanges) {}

package dev.forebay.deploy.faults;

import dev.forebay.worker.WorkerConfig.Delivery;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A fault of the matrix: what is done, and what the worker may do about it.
 *
 * @param id as in the matrix, {@code F7}; a letter follows where one fault has several cases
 * @param standIn what is done in place of the matrix's own fault, empty where that one is done
 * @param modes names of the deliveries in which it is run; empty for all that there are
 * @param redone how many times what is not committed may be done again, outside of exactly-once
 * @param ordered whether keys keep their order outside of exactly-once as well: no worker may go on that lost its partitions
 * @param broker whether the broker is a process of its own
 * @param settings of the workers, over those that all runs have
 * @param failing by name of a delivery, why the worker does not stand it yet
 */
record FaultCase(
        String id,
        String name,
        String standIn,
        List<String> modes,
        int redone,
        boolean ordered,
        Broker broker,
        Consumer<WorkerSettings> settings,
        Nemesis nemesis,
        Map<String, String> failing) {
    /** Whose broker a run uses. */
    enum Broker {
        SHARED,
        OWN_PROCESS
    }

    static FaultCase of(String id, String name, Nemesis nemesis) {
        return new FaultCase(id, name, "", List.of(), 0, true, Broker.SHARED, settings -> {}, nemesis, Map.of());
    }

    FaultCase standIn(String words) {
        return new FaultCase(id, name, words, modes, redone, ordered, broker, settings, nemesis, failing);
    }

    FaultCase only(String... names) {
        return new FaultCase(id, name, standIn, List.of(names), redone, ordered, broker, settings, nemesis, failing);
    }

    FaultCase redone(int times) {
        return new FaultCase(id, name, standIn, modes, times, ordered, broker, settings, nemesis, failing);
    }

    FaultCase unordered() {
        return new FaultCase(id, name, standIn, modes, redone, false, broker, settings, nemesis, failing);
    }

    FaultCase ownBroker() {
        return new FaultCase(id, name, standIn, modes, redone, ordered, Broker.OWN_PROCESS, settings, nemesis, failing);
    }

    FaultCase with(Consumer<WorkerSettings> other) {
        return new FaultCase(id, name, standIn, modes, redone, ordered, broker, other, nemesis, failing);
    }

    /** Notes that the worker does not stand the fault yet, in any mode; the runs have to fail until it does. */
    FaultCase fails(String reason) {
        Map<String, String> all =
                Arrays.stream(Delivery.values()).collect(Collectors.toMap(Delivery::name, delivery -> reason));
        return new FaultCase(id, name, standIn, modes, redone, ordered, broker, settings, nemesis, all);
    }

    /** As {@link #fails}, in one mode. */
    FaultCase failsIn(String mode, String reason) {
        Map<String, String> more = new HashMap<>(failing);
        more.put(mode, reason);
        return new FaultCase(id, name, standIn, modes, redone, ordered, broker, settings, nemesis, more);
    }

    /** The deliveries that there are and in which the fault is run. */
    List<Delivery> deliveries() {
        return Arrays.stream(Delivery.values())
                .filter(delivery -> modes.isEmpty() || modes.contains(delivery.name()))
                .collect(Collectors.toList());
    }

    /** Why the worker does not stand it yet, empty where it has to. */
    String expectedToFail(Delivery delivery) {
        return failing.getOrDefault(delivery.name(), "");
    }
}

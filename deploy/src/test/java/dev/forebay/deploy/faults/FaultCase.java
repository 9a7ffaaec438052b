package dev.forebay.deploy.faults;

import dev.forebay.worker.WorkerConfig.Delivery;
import java.util.Arrays;
import java.util.List;
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
 * @param givesUp whether a share group may use up the deliveries of records that nothing is wrong with
 * @param place where broker and client are
 * @param settings of the workers, over those that all runs have
 */
record FaultCase(
        String id,
        String name,
        String standIn,
        List<String> modes,
        int redone,
        boolean ordered,
        boolean givesUp,
        Place place,
        Consumer<WorkerSettings> settings,
        Nemesis nemesis) {
    /** Whose broker a run uses, and on which way the client comes to it. */
    enum Place {
        /** All share one broker, to which the client goes on a way that no fault touches. */
        SHARED,
        /** The same, but the client goes through a proxy of its own and gives up after a few seconds. */
        SHARED_WITH_EXPOSED_CLIENT,
        /** The broker is a process of the run's own. */
        OWN_BROKER
    }

    static FaultCase of(String id, String name, Nemesis nemesis) {
        return new FaultCase(id, name, "", List.of(), 0, true, false, Place.SHARED, settings -> {}, nemesis);
    }

    FaultCase standIn(String words) {
        return new FaultCase(id, name, words, modes, redone, ordered, givesUp, place, settings, nemesis);
    }

    FaultCase only(String... names) {
        return new FaultCase(id, name, standIn, List.of(names), redone, ordered, givesUp, place, settings, nemesis);
    }

    FaultCase redone(int times) {
        return new FaultCase(id, name, standIn, modes, times, ordered, givesUp, place, settings, nemesis);
    }

    FaultCase unordered() {
        return new FaultCase(id, name, standIn, modes, redone, false, givesUp, place, settings, nemesis);
    }

    FaultCase givingUp() {
        return new FaultCase(id, name, standIn, modes, redone, ordered, true, place, settings, nemesis);
    }

    FaultCase exposedClient() {
        return at(Place.SHARED_WITH_EXPOSED_CLIENT);
    }

    FaultCase ownBroker() {
        return at(Place.OWN_BROKER);
    }

    FaultCase with(Consumer<WorkerSettings> other) {
        return new FaultCase(id, name, standIn, modes, redone, ordered, givesUp, place, other, nemesis);
    }

    /** The deliveries that there are and in which the fault is run. */
    List<Delivery> deliveries() {
        return Arrays.stream(Delivery.values())
                .filter(delivery -> modes.isEmpty() || modes.contains(delivery.name()))
                .collect(Collectors.toList());
    }

    private FaultCase at(Place other) {
        return new FaultCase(id, name, standIn, modes, redone, ordered, givesUp, other, settings, nemesis);
    }
}

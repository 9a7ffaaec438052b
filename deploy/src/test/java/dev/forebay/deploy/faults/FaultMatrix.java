package dev.forebay.deploy.faults;

import java.util.List;
import java.util.stream.Stream;

/** Every fault that the worker has to stand, F1 to F28 and F33 to F36, and many of them in one run. */
final class FaultMatrix {
    private FaultMatrix() {}

    static List<FaultCase> cases() {
        return Stream.of(
                        WorkerFaults.cases(),
                        BrokerFaults.cases(),
                        NetworkFaults.cases(),
                        TransactionFaults.cases(),
                        DataFaults.cases(),
                        ModelFaults.cases(),
                        QueueFaults.cases(),
                        Storm.cases())
                .flatMap(List::stream)
                .toList();
    }
}

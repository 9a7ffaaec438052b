package dev.forebay.deploy.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that was gathered about one run.
 *
 * @param inputs every record that the input topics hold, in order of its position within a partition
 * @param terminals in the order in which the concurrent reader saw them
 * @param settled where terminals stand for a read_committed reader after all faults are healed
 * @param topics where each kind of terminal belongs
 * @param texts by channel (log, metrics, wire), what was written there
 * @param countsBefore by name, threads, connections, files and members of the group before the run, or that a process
 *     which was killed may leave; {@code countsAfter} likewise
 */
record Evidence(
        List<Operation> history,
        List<Sent> inputs,
        List<Terminal> terminals,
        Set<Position> settled,
        Map<Terminal.Kind, String> topics,
        List<CommitSample> commits,
        List<MemorySample> memory,
        Map<String, String> texts,
        Map<String, Integer> countsBefore,
        Map<String, Integer> countsAfter) {
    /** The inputs by request id; of several with one id the first. */
    Map<String, Sent> inputsById() {
        return inputs.stream().collect(Collectors.toMap(Sent::requestId, Function.identity(), (a, b) -> a));
    }
}

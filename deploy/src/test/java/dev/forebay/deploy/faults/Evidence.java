package dev.forebay.deploy.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that was gathered about one run.
 *
 * @param sent every input that the broker took, in order of its position within a partition
 * @param terminals in the order in which the concurrent reader saw them
 * @param settled where terminals stand for a read_committed reader after all faults are healed
 * @param topics where each kind of terminal belongs
 * @param texts by channel (log, metrics, wire), what was written there
 * @param countsBefore by name, threads, producers and arrays before the run; {@code countsAfter} likewise
 */
record Evidence(
        Mode mode,
        List<Operation> history,
        List<Sent> sent,
        List<Terminal> terminals,
        Set<Position> settled,
        Map<Terminal.Kind, String> topics,
        List<CommitSample> commits,
        List<MemorySample> memory,
        Map<String, String> texts,
        Map<String, Integer> countsBefore,
        Map<String, Integer> countsAfter) {}

package dev.forebay.deploy.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was measured, as it was measured; empty or null where a part was left out.
 *
 * @param tokenizer texts per second
 */
record Findings(
        List<Round> rounds,
        List<Double> tokenizer,
        List<Timed> overhead,
        List<LoadLevel> load,
        SingleRequest.@Nullable Found single,
        LaneLoad.@Nullable Found lanes,
        List<Growth.Size> growth) {

    List<Round> of(BenchPart contender) {
        return rounds.stream().filter(round -> round.contender() == contender).toList();
    }

    List<Double> rates(BenchPart contender) {
        return of(contender).stream().map(round -> round.timed().perSecond()).toList();
    }
}

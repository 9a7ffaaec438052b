package dev.forebay.processors.verdict;

import dev.forebay.processors.event.Trail;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.HopProcessor;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.serde.Codecs;
import java.time.InstantSource;
import org.apache.kafka.streams.Topology;

/**
 * Builds the verdict topology: outcomes in; out, results with their verdict, rejections of what the moderation blocks.
 *
 * <pre>
 *                                              ┌─▶ write-RESULTS ──────▶ topics.results
 *                                              ├─▶ write-REVIEW ───────▶ topics.review
 *  topics.outcomes ─▶ read-OUTCOMES ─▶ decide ─┼─▶ write-ROUTE ────────▶ one per topic of verdict.routes
 *                                              ├─▶ write-REJECTIONS ───▶ topics.rejections
 *                                              └─▶ write-DEAD-LETTERS ─▶ topics.dead-letters
 * </pre>
 */
public final class VerdictTopology {
    private VerdictTopology() {}

    public static Topology build(
            VerdictConfig config, Topics topics, Codecs codecs, InstantSource clock, Refusals refusals, Trail trail) {
        String source = "read-" + topics.outcomes().name();
        Outlets outlets = new Outlets(config, topics, codecs);
        VerdictStop stop = new VerdictStop(new VerdictPolicy(config, topics, trail), outlets);
        Topology topology = new Topology();
        Endpoints.addSource(topology, source, topics.outcomes().name());
        topology.addProcessor("decide", () -> HopProcessor.of(stop, clock, refusals), source);
        for (String topic : outlets.topics()) {
            Endpoints.addSink(topology, Outlets.sink(topic), topic, "decide");
        }
        return topology;
    }
}

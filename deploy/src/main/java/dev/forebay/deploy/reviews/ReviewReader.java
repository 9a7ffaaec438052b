package dev.forebay.deploy.reviews;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.Position;
import dev.forebay.deploy.pipeline.TopicScan;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The results and decisions that there were when this was opened. Records of another kind are passed over. */
public final class ReviewReader implements AutoCloseable {
    private final TopicScan review;
    private final TopicScan decisions;
    private final Codec<Result> results;
    private final Codec<ReviewDecision> decided;

    /** @throws dev.forebay.deploy.console.FailedException where a topic is missing, or no broker answers */
    public ReviewReader(ForebayConfig config, Codecs codecs) {
        this.results = codecs.of(config.topics().review(), Result.class);
        this.decided = codecs.of(config.topics().reviewDecisions(), ReviewDecision.class);
        this.review = new TopicScan(config.kafka(), config.topics().review().name());
        try {
            this.decisions = new TopicScan(
                    config.kafka(), config.topics().reviewDecisions().name());
        } catch (RuntimeException e) {
            review.close();
            throw e;
        }
    }

    /** Gives the results on which nobody has decided, partition after partition. */
    public void pending(Consumer<Reviewed> visitor) {
        Set<Reviewed.Id> done = new HashSet<>();
        decisions(decision -> done.add(Reviewed.Id.of(decision.getResult())));
        review.forEach(record -> {
            reviewed(record)
                    .filter(found -> !done.contains(Reviewed.Id.of(found.result())))
                    .ifPresent(visitor);
            return true;
        });
    }

    public void decisions(Consumer<ReviewDecision> visitor) {
        decisions.forEach(record -> decided.decode(record.value())
                .fold(
                        good -> {
                            visitor.accept(good.value());
                            return true;
                        },
                        bad -> true));
    }

    /** The result at a position; empty where none stands there. */
    public Optional<Reviewed> at(Position position) {
        return review.at(position).flatMap(this::reviewed);
    }

    private Optional<Reviewed> reviewed(ConsumerRecord<byte[], byte[]> record) {
        return results.decode(record.value())
                .fold(
                        good -> Optional.of(new Reviewed(
                                new Position(record.partition(), record.offset()), record.key(), good.value())),
                        bad -> Optional.empty());
    }

    @Override
    public void close() {
        review.close();
        decisions.close();
    }
}

package dev.forebay.processors.verdict;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The topics of the verdict stage with their codecs. Safe for use by several threads. */
final class Outlets {
    private final Map<String, Codec<Result>> results = new LinkedHashMap<>();
    private final Topics.Topic partEvents;
    private final Topics.Topic rejections;
    private final Codec<Rejection> refused;
    private final Topics.Topic deadLetters;
    private final Codec<DeadLetter> letters;

    Outlets(VerdictConfig config, Topics topics, Codecs codecs) {
        this.partEvents = topics.partEvents();
        this.rejections = topics.rejections();
        this.refused = codecs.of(rejections, Rejection.class);
        this.deadLetters = topics.deadLetters();
        this.letters = codecs.of(deadLetters, DeadLetter.class);
        List<Topics.Topic> targets = new ArrayList<>(List.of(topics.results(), topics.review()));
        targets.addAll(config.routeTopics());
        for (Topics.Topic target : targets) {
            results.putIfAbsent(target.name(), codecs.of(target, Result.class));
        }
    }

    /** Every topic that is written to. */
    List<String> topics() {
        List<String> all = new ArrayList<>(results.keySet());
        all.add(rejections.name());
        all.add(deadLetters.name());
        return all;
    }

    /** The operator that writes to a topic. */
    static String sink(String topic) {
        return "write-" + topic;
    }

    String partEventSink() {
        return sink(partEvents.name());
    }

    String rejectionSink() {
        return sink(rejections.name());
    }

    String deadLetterSink() {
        return sink(deadLetters.name());
    }

    byte[] encode(Ruling.Delivered delivered) {
        return delivered.shaped().fields().map(CelJson::encode).orElseGet(() -> Objects.requireNonNull(
                        results.get(delivered.to().name()))
                .encode(delivered.result()));
    }

    byte[] encode(Rejection rejection) {
        return refused.encode(rejection);
    }

    byte[] encode(DeadLetter letter) {
        return letters.encode(letter);
    }
}

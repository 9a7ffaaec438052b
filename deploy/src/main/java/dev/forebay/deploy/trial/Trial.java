package dev.forebay.deploy.trial;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.embedded.TemporaryDirectory;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.confidence.Uncalibrated;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.enrich.Databases;
import dev.forebay.processors.enrich.ReferenceUnavailableException;
import dev.forebay.processors.intake.IntakeTopology;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.verdict.VerdictTopology;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.NoRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The intake, the model and the verdict of a configuration in this process: each event goes all the way before the next.
 * What the stages keep, such as the ids of a window, is kept for as long as the trial is open.
 */
public final class Trial implements AutoCloseable {
    private final Topics topics;
    private final Codecs codecs;
    private final TemporaryDirectory stateDir;
    private final Databases databases = new Databases();
    private final TrialTopology intake;
    private final TrialTopology verdict;
    private final TrialModel model;
    private final List<Note> notes = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    /** @param progress told a line when the model takes seconds to load */
    public Trial(ForebayConfig config, Consumer<String> progress) {
        this.topics = config.topics();
        this.codecs = Codecs.over(
                new TrialRegistry(
                        config.registry().isPresent() ? HttpSchemaRegistry.of(config.registry()) : new NoRegistry()),
                config.registry().valueNaming());
        this.stateDir = TemporaryDirectory.create();
        InstantSource clock = () -> now;
        this.intake = new TrialTopology(
                IntakeTopology.build(
                        LivePolicy.fixed(config.processors().intake()),
                        topics,
                        new IntakeTopology.Means(
                                codecs, databases, clock, new Refusals(), this::note, PartEvents.none())),
                "intake",
                stateDir.path().toString());
        this.verdict = new TrialTopology(
                VerdictTopology.build(
                        LivePolicy.fixed(config.processors().verdict()),
                        topics,
                        new VerdictTopology.Means(
                                codecs, clock, new Refusals(), new Uncalibrated(), this::note, PartEvents.none())),
                "verdict",
                stateDir.path().toString());
        this.model = new TrialModel(config, progress);
    }

    /** What became of one event. */
    Account run(TrialEvent event) {
        notes.clear();
        Instant timestamp = event.timestamp();
        now = timestamp == null ? Instant.now() : timestamp;
        RecordHeaders headers = new RecordHeaders();
        event.headers().forEach((name, value) -> headers.add(name, TrialEvents.bytes(value)));
        List<ProducerRecord<byte[], byte[]>> ends = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> made :
                taken(event, new TestRecord<>(event.key(), event.value(), headers, now))) {
            if (topics.workNames().contains(made.topic())) {
                ends.addAll(judged(made, event));
            } else {
                ends.add(made);
            }
        }
        return new Account(event, List.copyOf(notes), ends);
    }

    /** A record of a reference topic, which is there before the first event. */
    void addReference(String topic, byte[] key, byte @Nullable [] value) {
        intake.pipe(topic, new TestRecord<>(key, value, new RecordHeaders(), now));
    }

    private List<ProducerRecord<byte[], byte[]>> taken(TrialEvent event, TestRecord<byte[], byte[]> record) {
        try {
            return intake.pipe(event.topic(), record);
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause != null && !(cause instanceof ReferenceUnavailableException)) {
                cause = cause.getCause();
            }
            if (cause == null) {
                throw e;
            }
            throw new FailedException(
                    "Line " + event.line() + " would wait for reference data: " + cause.getMessage()
                            + ". Records of a topic are given with --reference TOPIC=FILE.",
                    e);
        }
    }

    private List<ProducerRecord<byte[], byte[]>> judged(ProducerRecord<byte[], byte[]> work, TrialEvent event) {
        Request request = decoded(codecs.of(topics.work(), Request.class), work.value());
        note("request", () -> request.getTask() + ": " + request.getText());
        Result result = model.answer(request, event, now);
        note("model", () -> TrialModel.said(result));
        byte[] outcome = codecs.of(topics.outcomes(), Result.class).encode(result);
        return verdict.pipe(
                topics.outcomes().name(), new TestRecord<>(work.key(), outcome, work.headers(), work.timestamp()));
    }

    private void note(String step, Supplier<String> what) {
        notes.add(new Note(step, what.get()));
    }

    private static <T> T decoded(Codec<T> codec, byte[] value) {
        return codec.decode(value).fold(good -> good.value(), bad -> {
            throw new IllegalStateException(bad.message());
        });
    }

    /** The codecs that read what the trial wrote. */
    Codecs codecs() {
        return codecs;
    }

    /** What one step did, in words for a person. */
    record Note(String step, String what) {}

    /**
     * What became of one event.
     *
     * @param ends the records that it ended in: results, rejections, dead letters
     */
    record Account(TrialEvent event, List<Note> notes, List<ProducerRecord<byte[], byte[]>> ends) {}

    @Override
    public void close() {
        intake.close();
        verdict.close();
        model.close();
        databases.close();
        stateDir.close();
    }
}

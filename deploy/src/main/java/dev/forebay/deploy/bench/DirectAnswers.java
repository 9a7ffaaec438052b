package dev.forebay.deploy.bench;

import dev.forebay.schemas.record.Coverage;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Answers records with one call of the model: the same tokenizer, predictors and record format as the worker's. */
final class DirectAnswers {
    private final Model model;
    private final String topic;
    private final Codec<Request> requests;
    private final Codec<Result> results;

    DirectAnswers(Course course, Model model) {
        this.model = model;
        this.topic = course.output().name();
        this.requests = course.config().codecs().of(course.config().topics().work(), Request.class);
        this.results = course.config().codecs().of(course.output(), Result.class);
    }

    /** One call for all of these records, padded to the longest of them. */
    void answer(List<ConsumerRecord<byte[], byte[]>> records, ConsumerLoops.Replies replies) {
        List<Request> batch = records.stream().map(this::decoded).toList();
        List<Tokens> tokens =
                model.tokenize(batch.stream().map(Request::getText).toList());
        List<Inference> answers = model.infer(tokens);
        for (int i = 0; i < batch.size(); i++) {
            float[] vector = answers.get(i).fold(Inference.Vector::values, invalid -> {
                throw new IllegalStateException(invalid.message());
            });
            Result result = result(batch.get(i), tokens.get(i), vector);
            replies.send(new ProducerRecord<>(topic, records.get(i).key(), results.encode(result)));
        }
    }

    private Request decoded(ConsumerRecord<byte[], byte[]> record) {
        return requests.decode(record.value()).fold(good -> good.value(), bad -> {
            throw new IllegalStateException(bad.message());
        });
    }

    private Result result(Request request, Tokens tokens, float[] vector) {
        List<Float> values = new ArrayList<>(vector.length);
        for (float value : vector) {
            values.add(value);
        }
        return Result.newBuilder()
                .setRequestId(request.getRequestId())
                .setTask(request.getTask())
                .setTenant(request.getTenant())
                .setOutcome(new Embedding(values, true))
                .setModel(new ModelRef(model.describe().name(), model.describe().version()))
                .setCoverage(tokens.truncated() ? Coverage.TRUNCATED : Coverage.WHOLE)
                .setTokens(tokens.count())
                .setAttributes(request.getAttributes())
                .setIssuedAt(request.getIssuedAt())
                .setCompletedAt(Instant.now())
                .build();
    }
}

package dev.forebay.processors.verdict;

import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Coverage;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes outcomes for tests. */
final class Results {
    private static final Instant ISSUED = Instant.parse("2026-11-24T11:59:00Z");

    private Results() {}

    static Result labelled(String task, String label, double score, Map<String, String> attributes) {
        Classification classification = new Classification(
                label, score, List.of(new LabelScore(label, score), new LabelScore("other", 1 - score)));
        return of(task, classification, attributes);
    }

    static Result labelled(String label, double score) {
        return labelled("triage", label, score, Map.of());
    }

    static Result embedded(Map<String, String> attributes) {
        return of("triage", new Embedding(List.of(0.6f, 0.8f), true), attributes);
    }

    private static Result of(String task, Object outcome, Map<String, String> attributes) {
        return Result.newBuilder()
                .setRequestId("r-1")
                .setTask(task)
                .setTenant("acme")
                .setOutcome(outcome)
                .setModel(new ModelRef("minilm", "0123456789ab"))
                .setCoverage(Coverage.TRUNCATED)
                .setTokens(12)
                .setAttributes(attributes)
                .setIssuedAt(ISSUED)
                .setCompletedAt(ISSUED.plusMillis(40))
                .build();
    }
}

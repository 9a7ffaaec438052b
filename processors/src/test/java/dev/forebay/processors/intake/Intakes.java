package dev.forebay.processors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.schemas.serde.Codecs;
import java.util.List;
import java.util.Set;

/** Makes intakes of configuration, for tests. */
final class Intakes {
    private Intakes() {}

    /** @param source an entry of {@code intake.sources} in YAML, without its topic and with or without its task */
    static Intake of(String source, Codecs codecs) {
        String task = source.contains("task") ? "" : ", task: triage";
        return within("", "{topic: events, " + source + task + "}", codecs);
    }

    /** What came of an event that is one request, or none. */
    static Admission only(Taken taken) {
        List<Admission> admissions = taken.admissions().toList();
        assertThat(admissions).hasSize(1);
        return admissions.get(0);
    }

    /** Each admission as {@code ID TASK TEXT}, or with its code for a text. */
    static List<String> outcomes(Taken taken) {
        return taken.admissions()
                .map(admission -> admission.fold(
                        admitted -> admitted.request().getRequestId() + " "
                                + admitted.request().getTask() + " "
                                + admitted.request().getText(),
                        refused -> refused.envelope().requestId() + " "
                                + refused.envelope().task() + " "
                                + refused.reason().code()))
                .toList();
    }

    /** @param keys of the section {@code intake} besides, each with a comma after it */
    static Intake within(String keys, String source, Codecs codecs) {
        IntakeConfig config =
                Configs.read("intake: {" + keys + "sources: [" + source + "]}").intake();
        return new Intake(
                new AdmissionPolicy(config.maxChars(), config.maxRecordBytes(), Set.of(), Sample.ALL),
                EventMapping.of(config.sources().get(0), config, codecs));
    }
}

package dev.forebay.processors.intake;

import dev.forebay.processors.Configs;
import dev.forebay.schemas.serde.Codecs;

/** Makes intakes of configuration, for tests. */
final class Intakes {
    private Intakes() {}

    /** @param source an entry of {@code intake.sources} in YAML, without its topic and with or without its task */
    static Intake of(String source, Codecs codecs) {
        String task = source.contains("task") ? "" : ", task: triage";
        return within("", "{topic: events, " + source + task + "}", codecs);
    }

    /** @param keys of the section {@code intake} besides, each with a comma after it */
    static Intake within(String keys, String source, Codecs codecs) {
        IntakeConfig config =
                Configs.read("intake: {" + keys + "sources: [" + source + "]}").intake();
        return new Intake(
                new AdmissionPolicy(config.maxChars(), config.maxRecordBytes()),
                EventMapping.of(config.sources().get(0), codecs, config.tasks()));
    }
}

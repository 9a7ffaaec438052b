package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.deadletters.Letter;
import dev.forebay.deploy.deadletters.LetterFilter;
import dev.forebay.deploy.deadletters.LetterReader;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.schemas.registry.RegistryRefusedException;
import dev.forebay.schemas.serde.Codecs;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The dead letters of a configuration, with what a person is told where they cannot be read. */
record Dlq(ForebayConfig config, Codecs codecs) {
    static Dlq of(Path file) {
        ForebayConfig config = ForebayConfig.read(file);
        return new Dlq(config, config.codecs());
    }

    LetterReader letters() {
        return LetterReader.open(config, codecs);
    }

    LetterReader.Strangers read(LetterReader reader, LetterFilter filter, Predicate<Letter> visitor) {
        return explained(() -> reader.read(filter, visitor));
    }

    /** Runs something that decodes letters. */
    <T> T explained(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RegistryRefusedException e) {
            // NoRegistry says 0: the numbers of a registry that answers are its own.
            throw e.errorCode() == 0
                    ? new UsageException("Topic " + topic()
                            + " is in Avro, and the configuration has no section registry. Add it, or set"
                            + " topics.dead-letters: {name: " + topic() + ", format: json} where that is its format.")
                    : e;
        }
    }

    void say(LetterReader.Strangers strangers, Console console) {
        if (strangers.count() > 0) {
            console.say("forebay: " + strangers.count() + " of the records in " + topic()
                    + " are no dead letters, the first " + strangers.first() + ".");
        }
    }

    private String topic() {
        return config.topics().deadLetters().name();
    }
}

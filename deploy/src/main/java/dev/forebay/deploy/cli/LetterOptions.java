package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.deadletters.LetterFilter;
import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.config.Nearest;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which dead letters a command is about. */
final class LetterOptions {
    @Option(
            names = "--letter",
            paramLabel = "LETTER",
            split = ",",
            converter = Letter.class,
            description = "This letter, as the list names it: 0-17. Each of these can be given several times.")
    private Set<Position> letters = new LinkedHashSet<>();

    @Option(
            names = "--code",
            paramLabel = "CODE",
            split = ",",
            converter = Code.class,
            description = "Letters with this reason code, such as malformed.")
    private Set<String> codes = new LinkedHashSet<>();

    @Option(names = "--topic", paramLabel = "TOPIC", split = ",", description = "Letters of records of this topic.")
    private Set<String> topics = new LinkedHashSet<>();

    @Option(names = "--id", paramLabel = "ID", description = "Letters of the request with this id.")
    private Set<String> requestIds = new LinkedHashSet<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Failed at or after: 2026-11-25, 2026-11-25T08:30:00Z, or 90m, 12h, 2d ago.")
    private Optional<Instant> since = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Failed before; written in the same way.")
    private Optional<Instant> until = Optional.empty();

    LetterFilter filter() {
        if (since.isPresent() && until.isPresent() && !since.orElseThrow().isBefore(until.orElseThrow())) {
            throw new UsageException("--since " + since.orElseThrow() + " is not before --until " + until.orElseThrow()
                    + "; no letter can match. Change one of them.");
        }
        return new LetterFilter(letters, codes, topics, requestIds, since, until);
    }

    /** {@code 0-17}. */
    static final class Letter implements ITypeConverter<Position> {
        @Override
        public Position convert(String value) {
            return Position.parse(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + value + "' is no letter. Write PARTITION-OFFSET as 'forebay dlq list' does: 0-17."));
        }
    }

    /** A reason code that dead letters have. */
    static final class Code implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            List<String> codes = Arrays.stream(ReasonCode.values())
                    .filter(code -> code.category() == ReasonCode.Category.DEAD_LETTER)
                    .map(ReasonCode::code)
                    .toList();
            if (codes.contains(value)) {
                return value;
            }
            String nearest = Nearest.to(value, codes)
                    .map(code -> " Did you mean " + code + "?")
                    .orElse("");
            throw new TypeConversionException("'" + value + "' is none of " + String.join(", ", codes) + "." + nearest);
        }
    }
}

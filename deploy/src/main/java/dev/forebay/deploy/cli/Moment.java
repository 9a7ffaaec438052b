package dev.forebay.deploy.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time: a date (UTC), a date and time with its zone, or how long ago. */
final class Moment implements ITypeConverter<Instant> {
    private final InstantSource clock;

    Moment() {
        this(InstantSource.system());
    }

    Moment(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String value) {
        try {
            if (value.contains("T")) {
                return OffsetDateTime.parse(value).toInstant();
            }
            if (value.contains("-")) {
                return LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return clock.instant().minus(Duration.parse((value.endsWith("d") ? "P" : "PT") + value));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new TypeConversionException("'" + value
                    + "' is no time. Write 2026-11-25, 2026-11-25T08:30:00Z, or 90m, 12h, 2d for that long ago.");
        }
    }
}

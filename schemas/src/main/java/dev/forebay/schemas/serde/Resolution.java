package dev.forebay.schemas.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how what one writer schema wrote can be read.
 *
 * @param reader null where it cannot
 * @param refusal why it cannot; empty where it can
 */
record Resolution<D>(@Nullable DatumReader<D> reader, String refusal) {
    /** Only some data are concerned: a writer with one more branch or symbol than we know is readable until it uses it. */
    private static final Set<SchemaIncompatibilityType> DECIDED_BY_DATUM =
            EnumSet.of(SchemaIncompatibilityType.MISSING_UNION_BRANCH, SchemaIncompatibilityType.MISSING_ENUM_SYMBOLS);

    /** Reads what the writer wrote as it wrote it. */
    static Resolution<GenericRecord> asWritten(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            return new Resolution<>(null, "it is of type " + writer.getType().getName() + ", not a record");
        }
        return readable(new GenericData(), writer, writer);
    }

    /** Reads what the writer wrote as a record of ours. */
    static <T> Resolution<T> as(Schema ours, SpecificData model, Schema writer) {
        try {
            String refusal =
                    SchemaCompatibility.checkReaderWriterCompatibility(ours, writer)
                            .getResult()
                            .getIncompatibilities()
                            .stream()
                            .filter(found -> !DECIDED_BY_DATUM.contains(found.getType()))
                            .map(Resolution::describe)
                            .collect(Collectors.joining("; "));
            return refusal.isEmpty()
                    ? readable(model, writer, ours)
                    : new Resolution<>(null, "it cannot be read as " + ours.getFullName() + ": " + refusal);
        } catch (AvroRuntimeException | SecurityException e) {
            return new Resolution<>(null, "it cannot be read as " + ours.getFullName());
        }
    }

    private static <D> Resolution<D> readable(GenericData model, Schema writer, Schema reader) {
        try {
            // a builder of its own: the one that Avro shares between readers is not safe for several threads
            return new Resolution<>(new FastReaderBuilder(model).createDatumReader(writer, reader), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Incompatibility found) {
        return switch (found.getType()) {
            case READER_FIELD_MISSING_DEFAULT_VALUE -> "it has no field '" + found.getMessage() + "'";
            case NAME_MISMATCH -> "it is another record (" + found.getMessage() + ")";
            default -> found.getLocation() + ": " + found.getMessage();
        };
    }
}

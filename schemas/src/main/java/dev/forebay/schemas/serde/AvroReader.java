package dev.forebay.schemas.serde;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.registry.SchemaRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.jspecify.annotations.Nullable;

/** Framed Avro to datums. Each writer schema is fetched and resolved once; safe for use by several threads. */
final class AvroReader<D> {
    private final SchemaRegistry registry;
    private final Function<Schema, Resolution<D>> resolve;
    private final Map<Integer, Resolution<D>> resolutions = new ConcurrentHashMap<>();

    AvroReader(SchemaRegistry registry, Function<Schema, Resolution<D>> resolve) {
        this.registry = registry;
        this.resolve = resolve;
    }

    Decoded<D> read(byte @Nullable [] bytes) {
        Optional<Decoded.Bad<D>> bounds = Bounds.refusal(bytes);
        if (bytes == null || bounds.isPresent()) {
            return bounds.orElseThrow();
        }
        if (!WireFormat.isFramed(bytes)) {
            return bad(ReasonCode.NOT_WIRE_FORMAT, notFramed(bytes));
        }
        int id = WireFormat.schemaId(bytes);
        Resolution<D> resolution = resolution(id);
        if (resolution == null) {
            return bad(ReasonCode.SCHEMA_UNKNOWN, "the registry has no Avro schema with id " + id);
        }
        return resolution.reader() == null
                ? bad(ReasonCode.MALFORMED, "the schema with id " + id + " does not fit: " + resolution.refusal())
                : datum(bytes, id, resolution.reader());
    }

    private @Nullable Resolution<D> resolution(int id) {
        Resolution<D> known = resolutions.get(id);
        if (known == null) {
            // not computeIfAbsent: the look-up may take seconds, and a lost race only resolves twice
            known = registry.byId(id).map(resolve).orElse(null);
            if (known != null) {
                resolutions.put(id, known);
            }
        }
        return known;
    }

    private Decoded<D> datum(byte[] bytes, int id, DatumReader<D> reader) {
        BoundedDecoder decoder = new BoundedDecoder(bytes, WireFormat.HEADER_BYTES);
        String cause;
        try {
            D datum = reader.read(null, decoder);
            if (decoder.isEnd()) {
                return new Decoded.Good<>(datum);
            }
            cause = "bytes are left after the record";
        } catch (EOFException e) {
            cause = "the bytes end before the record does";
        } catch (AvroTypeException e) {
            // Avro's message may quote the datum
            cause = "it holds a branch or symbol that this version does not know";
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // whatever Avro trips over is the bytes' doing; a stack overflow is a recursive schema nested too deep
            cause = "the bytes are not a record of that schema";
        }
        return bad(ReasonCode.MALFORMED, "written with the schema with id " + id + ": " + cause);
    }

    private static String notFramed(byte[] bytes) {
        return bytes.length < WireFormat.HEADER_BYTES
                ? "the value has " + bytes.length
                        + " bytes; the wire format starts with a zero byte and a 4-byte schema id"
                : String.format("the value starts with byte 0x%02x; the wire format starts with 0x00", bytes[0]);
    }

    private static <D> Decoded<D> bad(ReasonCode code, String message) {
        return new Decoded.Bad<>(code, message);
    }
}

package dev.forebay.processors.format;

import dev.forebay.schemas.serde.Decoded;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;

/** An event in anyone's Avro. */
public final class AvroFormat implements EventFormat {
    private final Function<byte[], Decoded<GenericRecord>> decoder;

    public AvroFormat(Function<byte[], Decoded<GenericRecord>> decoder) {
        this.decoder = decoder;
    }

    @Override
    public Decoded<Value> parse(byte[] value) {
        return decoder.apply(value)
                .fold(
                        good -> new Decoded.Good<>(new AvroValue(good.value())),
                        bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }
}

package dev.forebay.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.config.ConfigException;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class ForebayAvroSerdeTest {
    private static final Schema EVENT = SchemaBuilder.record("com.acme.Event")
            .fields()
            .requiredString("body")
            .endRecord();

    private final MemoryRegistry registry = new MemoryRegistry();
    private final ForebayAvroSerializer serializer = new ForebayAvroSerializer(registry);

    @Test
    void theSerializerWritesWhatTheCodecWrites() {
        Codec<Request> codec = Codecs.over(registry).of(CodecsTest.topic(TopicFormat.AVRO), Request.class);

        assertThat(serializer.serialize("t", Records.request())).isEqualTo(codec.encode(Records.request()));
    }

    @Test
    void generatedRecordsComeBackAsTheirClass() {
        byte[] bytes = serializer.serialize("t", Records.request());

        assertThat(new ForebayAvroDeserializer(registry, true).deserialize("t", bytes))
                .isEqualTo(Records.request());
    }

    @Test
    void genericRecordsComeBackAsTheyWere() {
        GenericRecord event =
                new GenericRecordBuilder(EVENT).set("body", "hello").build();
        byte[] bytes = serializer.serialize("t", event);

        Object read = new ForebayAvroDeserializer(registry, false).deserialize("t", bytes);

        assertThat(read).isInstanceOf(GenericData.Record.class).hasToString(event.toString());
        assertThat(registry.latest("t-value")).contains(EVENT);
    }

    @Test
    void aRecordWithoutAClassIsNamed() {
        byte[] bytes = serializer.serialize(
                "t", new GenericRecordBuilder(EVENT).set("body", "x").build());

        assertThatThrownBy(() -> new ForebayAvroDeserializer(registry, true).deserialize("t", bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("com.acme.Event");
    }

    @Test
    void nullStaysNull() {
        assertThat(serializer.serialize("t", null)).isNull();
        assertThat(new ForebayAvroDeserializer(registry, false).deserialize("t", null))
                .isNull();
    }

    @Test
    void badBytesNameTheirCode() {
        assertThatThrownBy(() -> new ForebayAvroDeserializer(registry, false).deserialize("t", new byte[] {1, 2}))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("not_wire_format: ");
    }

    @Test
    void aValueThatIsNoRecordIsRefusedWithoutQuotingIt() {
        GenericRecord broken = new GenericData.Record(EVENT);
        broken.put("body", 5);

        assertThatThrownBy(() -> serializer.serialize("t", "secret text"))
                .isInstanceOf(SerializationException.class)
                .hasMessageNotContaining("secret text");
        assertThatThrownBy(() -> serializer.serialize("t", broken))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("com.acme.Event");
    }

    @Test
    void theClientsOtherPropertiesAreNoneOfItsBusiness() {
        new ForebayAvroSerializer()
                .configure(
                        Map.of("bootstrap.servers", "x:1", "acks", "all", "schema.registry.url", "http://localhost:1"),
                        false);

        assertThatThrownBy(() -> new ForebayAvroDeserializer().configure(Map.of("acks", "all"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }
}

package dev.forebay.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.registry.RegistryRefusedException;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import dev.forebay.schemas.serde.ForebayAvroDeserializer;
import dev.forebay.schemas.serde.ForebayAvroSerializer;
import dev.forebay.schemas.serde.Records;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has to hold between us, a registry of somebody's, and a program that uses Confluent's client. */
abstract class RegistryContract {
    private ConfluentClient confluent;
    private String topic;

    /** The base of the registry's Confluent protocol. */
    abstract URI url();

    ConfluentClient confluent() {
        return confluent;
    }

    @BeforeEach
    void connect(TestInfo test) {
        confluent = new ConfluentClient(url());
        topic = test.getTestMethod().orElseThrow().getName() + "-"
                + Integer.toHexString(test.getDisplayName().hashCode());
    }

    static Stream<SpecificRecord> ourRecords() {
        return Stream.of(
                Records.request(),
                Records.result(Records.classification()),
                Records.result(Records.embedding()),
                Records.result(Records.summary()),
                Records.result(Records.generation()),
                Records.rejection(),
                Records.deadLetter());
    }

    @ParameterizedTest
    @MethodSource("ourRecords")
    void theirsReadsWhatOursWrites(SpecificRecord record) throws Exception {
        ForebayAvroSerializer serializer = new ForebayAvroSerializer();
        serializer.configure(properties(Map.of("auto.register.schemas", "true")), false);

        byte[] bytes = serializer.serialize(topic, record);
        GenericRecord read = confluent.read(bytes);

        assertThat(read.getSchema().getFullName()).isEqualTo(record.getSchema().getFullName());
        assertThat(confluent
                        .registry()
                        .getLatestSchemaMetadata(topic + "-value")
                        .getId())
                .isEqualTo(ByteBuffer.wrap(bytes).getInt(1));
        // written again from what they read, it is the same bytes: nothing was lost on the way
        assertThat(confluent.write(topic + "-value", read)).isEqualTo(bytes);
    }

    @Test
    void oursReadsWhatTheirsWrites() throws Exception {
        byte[] bytes = confluent.write(topic + "-value", theirRequest(requestSchema()));

        assertThat(codec(Map.of()).decode(bytes)).isInstanceOf(Decoded.Good.class);
        Request request = (Request) deserialized(bytes, "true");
        assertThat(request.getText()).isEqualTo("from afar");
        assertThat(request.getAttributes()).containsEntry("a", "b");
        assertThat(deserialized(bytes, "false").toString()).contains("\"text\": \"from afar\"");
    }

    @Test
    void oursReadsANewerSchemaOfTheirs() throws Exception {
        String newer = requestSchema()
                .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"extra\",\"type\":[\"null\",\"string\"],\"default\":null},");
        GenericRecord record = theirRequest(newer);
        record.put("extra", "not known to us");

        Decoded<Request> decoded = codec(Map.of()).decode(confluent.write(topic + "-value", record));

        assertThat(decoded.<String>fold(good -> good.value().getText(), Decoded.Bad::message))
                .isEqualTo("from afar");
    }

    @Test
    void anUnknownIdIsUnknownAndNoOutage() {
        byte[] bytes = ByteBuffer.allocate(20).put((byte) 0).putInt(987_654_321).array();

        Decoded<Request> decoded = codec(Map.of()).decode(bytes);

        assertThat(decoded.<Object>fold(Decoded.Good::value, Decoded.Bad::code)).isEqualTo(ReasonCode.SCHEMA_UNKNOWN);
    }

    @Test
    void aSchemaIsWrittenOnlyWhereSomebodyRegisteredIt() throws Exception {
        Codec<Request> cautious = codec(Map.of());
        assertThatThrownBy(() -> cautious.encode(Records.request()))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("auto.register.schemas: true");

        int id = confluent.registry().register(topic + "-value", new AvroSchema(requestSchema()));

        byte[] bytes = codec(Map.of()).encode(Records.request());
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
        assertThat(codec(Map.of("use.latest.version", "true")).encode(Records.request()))
                .isEqualTo(bytes);
    }

    @Test
    void anIncompatibleSchemaIsRefusedAlike() throws Exception {
        String other = "{\"type\":\"record\",\"name\":\"Request\",\"namespace\":\"dev.forebay.schemas.record\","
                + "\"fields\":[{\"name\":\"request_id\",\"type\":\"int\"}]}";
        confluent.registry().register(topic + "-value", new AvroSchema(other));
        confluent.registry().updateCompatibility(topic + "-value", "BACKWARD");

        RegistryRefusedException ours = catchThrowableOfType(
                RegistryRefusedException.class,
                () -> codec(Map.of("auto.register.schemas", "true")).encode(Records.request()));
        RestClientException theirs = catchThrowableOfType(
                RestClientException.class,
                () -> confluent.registry().register(topic + "-value", new AvroSchema(requestSchema())));

        assertThat(ours.errorCode()).isEqualTo(409);
        assertThat(theirs.getErrorCode()).isEqualTo(409);
    }

    private Codec<Request> codec(Map<String, String> properties) {
        return Codecs.over(registry(properties)).of(new Topics.Topic(topic, TopicFormat.AVRO), Request.class);
    }

    private HttpSchemaRegistry registry(Map<String, String> properties) {
        return HttpSchemaRegistry.of(new RegistryConfig(properties(properties)));
    }

    private Map<String, String> properties(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of("schema.registry.url", url().toString()));
        all.putAll(more);
        return all;
    }

    private Object deserialized(byte[] bytes, String specific) {
        ForebayAvroDeserializer deserializer = new ForebayAvroDeserializer();
        deserializer.configure(properties(Map.of("specific.avro.reader", specific)), false);
        return deserializer.deserialize(topic, bytes);
    }

    /** Our schema as it stands in a registry, without the hints to Java. */
    private static String requestSchema() {
        return Request.getClassSchema()
                .toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", "");
    }

    private static GenericRecord theirRequest(String schemaText) {
        Schema schema = new Schema.Parser().parse(schemaText);
        GenericRecord record = new GenericData.Record(schema);
        record.put("request_id", "r-9");
        record.put("task", "classify");
        record.put("tenant", "default");
        record.put("text", "from afar");
        record.put("attributes", Map.of("a", "b"));
        record.put("lane", new GenericData.EnumSymbol(schema.getField("lane").schema(), "LIVE"));
        record.put("issued_at", 1_700_000_000_000L);
        return record;
    }
}

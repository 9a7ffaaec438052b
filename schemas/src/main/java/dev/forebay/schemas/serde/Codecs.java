package dev.forebay.schemas.serde;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.NoRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.registry.SchemaRegistry;
import dev.forebay.schemas.registry.SubjectNaming;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Makes the codecs of topics. What was fetched for one codec is cached by the registry client for all. */
public final class Codecs {
    private final SchemaRegistry registry;
    private final SubjectNaming naming;
    private final AvroReader<GenericRecord> foreign;

    private Codecs(SchemaRegistry registry, SubjectNaming naming) {
        this.registry = registry;
        this.naming = naming;
        this.foreign = new AvroReader<>(registry, Resolution::asWritten);
    }

    /** Codecs whose subjects are named {@code <topic>-value}. */
    public static Codecs over(SchemaRegistry registry) {
        return over(registry, SubjectNaming.TOPIC_NAME);
    }

    /** Codecs over the registry that is configured, or, where none is, over none: then only JSON works. */
    public static Codecs of(RegistryConfig config) {
        return config.isPresent() ? over(HttpSchemaRegistry.of(config), config.valueNaming()) : over(new NoRegistry());
    }

    public static Codecs over(SchemaRegistry registry, SubjectNaming naming) {
        return new Codecs(registry, naming);
    }

    /** The codec of a topic's values, in the topic's format. No look-up happens before the first record. */
    public <T extends SpecificRecord> Codec<T> of(Topics.Topic topic, Class<T> type) {
        return switch (topic.format()) {
            case AVRO -> {
                String fullName = SpecificData.getForClass(type).getSchema(type).getFullName();
                yield new AvroCodec<>(registry, naming.subject(topic.name(), fullName), type);
            }
            case JSON -> new JsonCodec<>(type);
        };
    }

    /**
     * Decodes an Avro record of somebody else's in the wire format, as it was written: logical types stay the
     * underlying numbers and bytes, texts are {@link CharSequence}s.
     *
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException as in {@link Codec#decode}
     */
    public Decoded<GenericRecord> generic(byte @Nullable [] bytes) {
        return foreign.read(bytes);
    }
}

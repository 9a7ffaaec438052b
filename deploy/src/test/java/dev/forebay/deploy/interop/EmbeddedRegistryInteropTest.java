package dev.forebay.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import java.net.URI;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our embedded registry. */
class EmbeddedRegistryInteropTest extends RegistryContract {
    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Override
    URI url() {
        return registry.url();
    }

    @Test
    void theirClientDoesItsWholeWorkHere() throws Exception {
        CachedSchemaRegistryClient client = confluent().registry();
        AvroSchema x =
                new AvroSchema("{\"type\":\"record\",\"name\":\"W\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}");
        AvroSchema y =
                new AvroSchema("{\"type\":\"record\",\"name\":\"W\",\"fields\":[{\"name\":\"y\",\"type\":\"int\"}]}");

        int id = client.register("w", x);

        assertThat(client.register("w", x)).isEqualTo(id);
        assertThat(client.getId("w", x)).isEqualTo(id);
        assertThat(client.getVersion("w", x)).isEqualTo(1);
        assertThat(client.getAllVersions("w")).containsExactly(1);
        assertThat(client.getAllSubjects()).contains("w");
        assertThat(client.getAllSubjectsById(id)).containsExactly("w");
        assertThat(client.getAllVersionsById(id)).hasSize(1);
        assertThat(client.testCompatibility("w", y)).isFalse();
        assertThat(client.testCompatibilityVerbose("w", y)).isNotEmpty();
        assertThat(client.getCompatibility(null)).isEqualTo("BACKWARD");
        assertThat(client.updateCompatibility("w", "NONE")).isEqualTo("NONE");
        assertThat(client.getCompatibility("w")).isEqualTo("NONE");
        assertThat(client.testCompatibility("w", y)).isTrue();
        assertThat(client.getMode()).isEqualTo("READWRITE");
        assertThat(client.deleteSchemaVersion("w", "1")).isEqualTo(1);
        assertThat(catchThrowableOfType(RestClientException.class, () -> client.getLatestSchemaMetadata("w"))
                        .getErrorCode())
                .isEqualTo(40401);
    }
}

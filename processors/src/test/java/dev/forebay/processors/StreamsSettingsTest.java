package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.stream.FailingHandler;
import dev.forebay.processors.stream.RefusalHandler;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.config.KafkaConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    @Test
    void recordsAreProcessedExactlyOnceAndErrorsNeverSkipped() {
        StreamsConfig config = config(Map.of());

        assertThat(config.getString("application.id")).isEqualTo("app");
        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getLong("commit.interval.ms")).isEqualTo(100);
        assertThat(config.getInt("num.stream.threads")).isEqualTo(3);
        assertThat(config.processingExceptionHandler()).isInstanceOf(FailingHandler.class);
        assertThat(config.deserializationExceptionHandler()).isInstanceOf(FailingHandler.class);
        assertThat(config.productionExceptionHandler()).isInstanceOf(RefusalHandler.class);
        assertThat(config.getMainConsumerConfigs("g", "c", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("session.timeout.ms", 15_000);
    }

    @Test
    void deadLetterOfThreeMebibytesCanBeSent() {
        assertThat(Integer.parseInt(
                        String.valueOf(config(Map.of()).getProducerConfigs("p").get("max.request.size"))))
                .isGreaterThan(3 << 20);
    }

    @Test
    void propertiesOfTheUserWinButNotOverTheContract() {
        StreamsConfig config = config(Map.of(
                "commit.interval.ms",
                "500",
                "group.protocol",
                "streams",
                "producer.max.request.size",
                "4000000",
                "application.id",
                "other",
                "processing.guarantee",
                "at_least_once",
                "errors.dead.letter.queue.topic.name",
                "dlq",
                "consumer.isolation.level",
                "read_uncommitted",
                "processing.exception.handler",
                LogAndContinueProcessingExceptionHandler.class.getName()));

        assertThat(config.getLong("commit.interval.ms")).isEqualTo(500);
        assertThat(config.getString("group.protocol")).isEqualTo("streams");
        assertThat(config.getProducerConfigs("p")).containsEntry("max.request.size", "4000000");
        assertThat(config.getString("application.id")).isEqualTo("app");
        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getString("errors.dead.letter.queue.topic.name")).isNull();
        assertThat(config.getMainConsumerConfigs("g", "c", 0)).containsEntry("isolation.level", "read_committed");
        assertThat(config.processingExceptionHandler()).isInstanceOf(FailingHandler.class);
    }

    private static StreamsConfig config(Map<String, String> streams) {
        KafkaConfig kafka =
                new KafkaConfig(Map.of("bootstrap.servers", "localhost:9092"), Map.of(), Map.of(), Map.of(), streams);
        Properties properties = StreamsSettings.of("app", 3, kafka, Path.of("state"), new Refusals());
        return new StreamsConfig(properties);
    }
}

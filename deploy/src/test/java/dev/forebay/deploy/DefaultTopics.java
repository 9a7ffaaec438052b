package dev.forebay.deploy;

import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import java.util.Map;
import java.util.Optional;

/** The topics of a configuration that names none, on a test's broker and ready to be written to. */
final class DefaultTopics {
    private DefaultTopics() {}

    static void create(String bootstrapServers, int partitions) {
        KafkaConfig kafka = KafkaConfig.read(Section.of(Map.of("bootstrap.servers", bootstrapServers), new Problems()));
        try (BrokerTopics topics = BrokerTopics.of(kafka)) {
            topics.create(TopicPlan.of(ForebayConfig.builtIn()), Optional.of(partitions));
        }
    }
}

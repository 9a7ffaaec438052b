package dev.forebay.connectors.archive;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Reads one archive into a topic: a file has one order, so there is one task whatever {@code tasks.max} says. */
public final class ArchiveSourceConnector extends SourceConnector {
    private Map<String, String> properties = Map.of();

    @Override
    public void start(Map<String, String> props) {
        ArchiveConfig.of(props);
        properties = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ArchiveSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    @Override
    public void stop() {
        // Nothing runs here; the task holds the file.
    }

    @Override
    public ConfigDef config() {
        return ArchiveConfig.DEFINITION;
    }

    /** Every record's offset leads to exactly the records after it, which is all that a transaction needs of a source. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public String version() {
        return packagedVersion();
    }

    static String packagedVersion() {
        return Optional.ofNullable(ArchiveSourceConnector.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }
}

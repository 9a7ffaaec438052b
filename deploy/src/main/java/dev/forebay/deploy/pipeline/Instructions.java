package dev.forebay.deploy.pipeline;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.schemas.Topics;
import java.util.List;

/**
 * The commands that read from and write to an embedded cluster, ready to be copied.
 *
 * @param command as the person typed it
 */
public record Instructions(String command, String bootstrapServers, String registryUrl) {

    /** With the command's name as the launcher passes it on. */
    public static Instructions of(EmbeddedCluster cluster) {
        return new Instructions(
                System.getProperty("forebay.command", "forebay"), cluster.bootstrapServers(), cluster.registryUrl());
    }

    /** While it serves. */
    public List<String> serving(String source, Topics topics) {
        return List.of(
                "  broker    " + bootstrapServers,
                "  registry  " + registryUrl,
                "  produce   echo 'my parcel is late' | " + command + " send " + source + " -b " + bootstrapServers,
                "  read      " + read(topics.results().name()) + " --follow");
    }

    /** What prints a topic as JSON lines. */
    public String read(String topic) {
        return command + " read " + topic + " -b " + bootstrapServers + " -r " + registryUrl;
    }
}

package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.embedded.EmbeddedCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** The command in this process, with what it printed. */
record CapturedConsole(int code, String out, String err) {
    static CapturedConsole run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Forebay.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), false), new Stop(), args);
        return new CapturedConsole(code, out.toString(), err.toString());
    }

    /** The records that a topic has now, a line of JSON each. */
    static List<String> read(EmbeddedCluster cluster, String topic) {
        return run("read", topic, "--bootstrap-server", cluster.bootstrapServers(), "--registry", cluster.registryUrl())
                .out()
                .lines()
                .toList();
    }
}

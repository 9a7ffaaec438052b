package dev.forebay.deploy.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Results go to {@code out}, everything said about them to {@code err}.
 *
 * @param interactive whether {@code err} is a terminal that a person watches
 */
public record Console(PrintWriter out, PrintWriter err, boolean interactive) {

    /** The process's own streams, in UTF-8 whatever the locale says. The launcher knows whether there is a terminal. */
    public static Console ofProcess() {
        return new Console(
                writer(FileDescriptor.out), writer(FileDescriptor.err), Boolean.getBoolean("forebay.terminal"));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    /** One line of news that is no result. */
    public void say(String line) {
        err.println(line);
        err.flush();
    }
}

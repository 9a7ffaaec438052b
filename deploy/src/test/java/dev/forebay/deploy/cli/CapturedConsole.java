package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The command in this process, with what it printed. */
record CapturedConsole(int code, String out, String err) {
    static CapturedConsole run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Forebay.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), false), new Stop(), args);
        return new CapturedConsole(code, out.toString(), err.toString());
    }
}

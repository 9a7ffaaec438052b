package dev.forebay.deploy.restore;

import dev.forebay.deploy.console.FailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The lines of a stream, one after the other, into another stream; a last line without a line feed stays without. */
public final class ByteLines {
    /** A line is in memory whole. */
    static final int LONGEST = 16 << 20;

    private static final int LINE_FEED = '\n';

    private final InputStream in;

    /** @param in buffered */
    public ByteLines(InputStream in) {
        this.in = in;
    }

    /** @throws FailedException where a line is too long; those before it are written */
    public void through(LineRestorer restorer, OutputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long number = 1;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == LINE_FEED) {
                out.write(restorer.restore(line.toByteArray()));
                out.write(LINE_FEED);
                line.reset();
                number++;
            } else {
                if (line.size() == LONGEST) {
                    throw new FailedException("Line " + number + " has more than " + LONGEST
                            + " bytes, which is the most; what was written ends before it.");
                }
                line.write(b);
            }
        }
        if (line.size() > 0) {
            out.write(restorer.restore(line.toByteArray()));
        }
    }
}

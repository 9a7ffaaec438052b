package dev.forebay.connectors.archive;

import java.io.IOException;

/**
 * Finds where a CSV record ends (RFC 4180, on bytes: UTF-8 has no comma, quote or line end inside a character). It is
 * strict, so that an unclosed quote is found out instead of swallowing the records after it: a quote opens only at the
 * start of a field, a closing quote is followed by a comma or a line end, and a record that spans lines keeps to
 * {@value #MAX_LINES} of them and to the size limit. What breaks a rule is no record, and its first line stands alone.
 */
final class CsvFraming {
    static final int BROKEN = -1;
    static final int MAX_LINES = 1000;

    private enum State {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        /** After a quote inside quotes: the field has ended, or the quote was escaped. */
        QUOTE,
        /** After that a carriage return, which only a line feed may follow. */
        RETURN,
        RECORD_END,
        BROKEN
    }

    private final ByteWindow window;
    private final int maxRecordBytes;

    private State state = State.FIELD_START;
    private int lines;

    CsvFraming(ByteWindow window, int maxRecordBytes) {
        this.window = window;
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * The distance from the window's start to the line feed that ends the record, or to the end of the file, with all of
     * it in the window; or {@link #BROKEN}.
     */
    int recordEnd() throws IOException {
        state = State.FIELD_START;
        lines = 1;
        int scanned = 0;
        while (true) {
            scanned = scan(scanned);
            if (state == State.BROKEN) {
                return BROKEN;
            }
            if (state == State.RECORD_END) {
                return scanned;
            }
            if (scanned > maxRecordBytes + 1) {
                return BROKEN;
            }
            if (!window.more()) {
                return state == State.QUOTED || state == State.RETURN ? BROKEN : scanned;
            }
        }
    }

    /** The physical lines of the record that was found last. */
    int lines() {
        return lines;
    }

    /** Goes through what is in the window and returns how far it came: to the line feed where the record ended. */
    private int scan(int from) {
        byte[] bytes = window.bytes();
        int end = window.end();
        int at = window.start() + from;
        while (at < end) {
            at = switch (state) {
                case QUOTED -> afterQuotedRun(bytes, at, end);
                case UNQUOTED -> afterUnquotedRun(bytes, at, end);
                default -> {
                    state = afterOne(bytes[at]);
                    yield at + 1;
                }
            };
            if (state == State.RECORD_END) {
                return at - 1 - window.start();
            }
            if (state == State.BROKEN) {
                break;
            }
        }
        return at - window.start();
    }

    private int afterUnquotedRun(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            byte b = bytes[at];
            if (b == ',' || b == '\n') {
                state = b == ',' ? State.FIELD_START : State.RECORD_END;
                return at + 1;
            }
        }
        return end;
    }

    private int afterQuotedRun(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            byte b = bytes[at];
            if (b == '"') {
                state = State.QUOTE;
                return at + 1;
            }
            if (b == '\n' && ++lines > MAX_LINES) {
                state = State.BROKEN;
                return at + 1;
            }
        }
        return end;
    }

    private State afterOne(byte b) {
        return switch (state) {
            case FIELD_START ->
                switch (b) {
                    case '"' -> State.QUOTED;
                    case ',' -> State.FIELD_START;
                    case '\n' -> State.RECORD_END;
                    default -> State.UNQUOTED;
                };
            case QUOTE ->
                switch (b) {
                    case '"' -> State.QUOTED;
                    case ',' -> State.FIELD_START;
                    case '\n' -> State.RECORD_END;
                    case '\r' -> State.RETURN;
                    default -> State.BROKEN;
                };
            case RETURN -> b == '\n' ? State.RECORD_END : State.BROKEN;
            default -> throw new IllegalStateException("no single byte in state " + state);
        };
    }
}

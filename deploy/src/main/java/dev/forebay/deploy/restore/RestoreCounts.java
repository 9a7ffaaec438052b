package dev.forebay.deploy.restore;

/** What became of the tokens so far. Not for use by several threads. */
public final class RestoreCounts {
    private long restored;
    private long left;
    private long unread;

    void addRestored() {
        restored++;
    }

    void addLeft() {
        left++;
    }

    void addUnread() {
        unread++;
    }

    public long restored() {
        return restored;
    }

    /** What is written as tokens are and was not restored. */
    public long left() {
        return left;
    }

    /** Lines that are no JSON, or name no tenant; none where they are plain text. */
    public long unread() {
        return unread;
    }
}

package dev.forebay.deploy.deadletters;

/** Why a letter is not replayed. */
public enum ReplayRefusal {
    REPLAYED_BEFORE("was replayed before; if it failed again there is a newer letter"),
    TOO_MANY_ATTEMPTS("has been tried as often as --max-attempts allows"),
    NO_PAYLOAD("has no payload"),
    UNDECLARED_TOPIC("came from a topic that the configuration does not read requests from"),
    TOO_LARGE(
            "is larger than its topic takes, now that the headers of a replay are added; raise its max.message.bytes");

    private final String text;

    ReplayRefusal(String text) {
        this.text = text;
    }

    /** The rest of a sentence that begins with the letter. */
    public String text() {
        return text;
    }
}

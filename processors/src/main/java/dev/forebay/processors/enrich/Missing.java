package dev.forebay.processors.enrich;

/** What is done with a request for which an attribute cannot be found. */
public enum Missing {
    /** It holds up its partition until the data are there. */
    WAIT,
    /** It gets the default of the attribute. */
    DEFAULT,
    /** It becomes a rejection. */
    REJECT
}

package dev.forebay.processors.event;

/** Attributes of requests that Forebay alone sets, and that stages tell requests by. */
public final class Attributes {
    /** The name of the digest that a request is; no digest is made of digests. */
    public static final String DIGEST = "digest";

    /** The language of the text; Forebay's alone where {@code intake.language} is set. */
    public static final String LANGUAGE = "language";

    private Attributes() {}
}

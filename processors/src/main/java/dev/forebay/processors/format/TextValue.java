package dev.forebay.processors.format;

/** A text without anything below it. */
record TextValue(String printed) implements Value {
    @Override
    public Kind kind() {
        return Kind.TEXT;
    }
}

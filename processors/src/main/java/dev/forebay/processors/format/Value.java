package dev.forebay.processors.format;

/** A part of an event, whatever the event's format. Asking for what is not there gives {@link #ABSENT}. */
public interface Value {
    Value ABSENT = () -> Kind.ABSENT;

    Kind kind();

    /** What is below this value by that name, which for the element of an array is its index from 0. */
    default Value child(String name) {
        return ABSENT;
    }

    /** How many elements an array has. */
    default int size() {
        return 0;
    }

    /** @param index from 0, below {@link #size()} */
    default Value element(int index) {
        return ABSENT;
    }

    /** Texts as they are, numbers and booleans as their format prints them, objects and arrays as compact JSON. */
    default String printed() {
        return "";
    }

    /** What a value is. */
    enum Kind {
        ABSENT("not there"),
        NULL("null"),
        TEXT("a string"),
        NUMBER("a number"),
        BOOLEAN("a boolean"),
        BYTES("bytes"),
        OBJECT("an object"),
        ARRAY("an array");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As it follows the word "is" in a message. */
        public String words() {
            return words;
        }

        /** True for what is written as one word or text. */
        public boolean isScalar() {
            return this == TEXT || this == NUMBER || this == BOOLEAN;
        }

        public boolean isNothing() {
            return this == ABSENT || this == NULL;
        }
    }
}

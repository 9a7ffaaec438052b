package dev.forebay.processors.retrieve;

import dev.forebay.processors.format.Value;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;

/**
 * A vector of length 1, so that the dot product of two is the cosine of the angle between them.
 *
 * @param numbers that nobody writes to
 */
@SuppressWarnings("ArrayRecordComponent") // searched by, never compared
public record UnitVector(float[] numbers) {
    /**
     * A vector of any length above 0, brought to length 1.
     *
     * @param dimensions that it has to have
     * @return where it is none, what is wrong with it, to follow what it is called, with {@link ReasonCode#INVALID_REQUEST}
     */
    public static Decoded<UnitVector> of(Value array, int dimensions) {
        if (array.kind() != Value.Kind.ARRAY) {
            return wrong("is " + array.kind().words() + ", and has to be an array of numbers");
        }
        if (array.size() != dimensions) {
            return wrong("has " + array.size() + " numbers, where dimensions says " + dimensions);
        }
        float[] numbers = new float[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            Value element = array.element(i);
            if (element.kind() != Value.Kind.NUMBER) {
                return wrong("has " + element.kind().words() + " where its number " + (i + 1) + " has to be");
            }
            numbers[i] = Float.parseFloat(element.printed());
            squares += (double) numbers[i] * numbers[i];
        }
        if (!Double.isFinite(squares)) {
            return wrong("has a number that is not finite");
        }
        return squares == 0
                ? wrong("has only zeros, and so no direction")
                : new Decoded.Good<>(scaled(numbers, squares));
    }

    private static UnitVector scaled(float[] numbers, double squares) {
        double length = Math.sqrt(squares);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (numbers[i] / length);
        }
        return new UnitVector(numbers);
    }

    private static <T> Decoded<T> wrong(String what) {
        return new Decoded.Bad<>(ReasonCode.INVALID_REQUEST, what);
    }
}

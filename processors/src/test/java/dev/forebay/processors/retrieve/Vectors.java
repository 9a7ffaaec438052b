package dev.forebay.processors.retrieve;

import java.util.Random;

/** Seeded vectors of length 1 for tests. */
final class Vectors {
    private Vectors() {}

    /** In any direction, all equally likely. */
    static UnitVector random(Random random, int dimensions) {
        double[] numbers = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            numbers[i] = random.nextGaussian();
        }
        return unit(numbers);
    }

    /** Around another one: the greater the spread, the farther away. */
    static UnitVector near(UnitVector center, double spread, Random random) {
        double[] numbers = new double[center.numbers().length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = center.numbers()[i] + spread * random.nextGaussian() / Math.sqrt(numbers.length);
        }
        return unit(numbers);
    }

    static UnitVector unit(double... numbers) {
        double squares = 0;
        for (double number : numbers) {
            squares += number * number;
        }
        float[] unit = new float[numbers.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (numbers[i] / Math.sqrt(squares));
        }
        return new UnitVector(unit);
    }

    static double cosine(UnitVector a, UnitVector b) {
        double sum = 0;
        for (int i = 0; i < a.numbers().length; i++) {
            sum += (double) a.numbers()[i] * b.numbers()[i];
        }
        return sum;
    }
}

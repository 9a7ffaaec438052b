package dev.forebay.worker.models;

/**
 * What was measured of one variant on this machine.
 *
 * @param rates empty where it did not run
 * @param parity {@link Parity#NOT_MEASURED} where it did not run
 * @param problem why it did not run; empty where it did
 */
public record VariantFigures(Variant variant, Rates rates, Parity parity, String problem) {
    public static VariantFigures raced(Variant variant, Rates rates) {
        return new VariantFigures(variant, rates, Parity.NOT_MEASURED, "");
    }

    public static VariantFigures failed(Variant variant, String problem) {
        return new VariantFigures(variant, Rates.NONE, Parity.NOT_MEASURED, problem);
    }

    VariantFigures with(Parity compared) {
        return new VariantFigures(variant, rates, compared, problem);
    }

    public boolean ran() {
        return problem.isEmpty();
    }

    /** Whether it may be chosen without being asked for by name. */
    public boolean eligible() {
        return ran() && parity.measured() && parity.isWithin(variant);
    }
}

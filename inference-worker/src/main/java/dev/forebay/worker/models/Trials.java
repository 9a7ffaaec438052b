package dev.forebay.worker.models;

import java.util.List;

/** What a search for the fastest variant asks of the engine. */
public interface Trials {
    Machine machine();

    /** GPUs that the model would run on; 0 where it would run on the processor. */
    int gpus();

    /**
     * Runs models against each other. One that cannot be loaded or run is left out with its reason and is no fault.
     *
     * @param layout of each of them
     * @return one per model, in order, without parity
     */
    List<VariantFigures> race(List<InstalledModel> models, Layout layout);

    /** Runs one model in several layouts against each other. */
    List<LayoutFigures> race(InstalledModel model, List<Layout> layouts);
}

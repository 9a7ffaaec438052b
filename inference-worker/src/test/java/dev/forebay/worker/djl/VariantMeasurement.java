package dev.forebay.worker.djl;

import dev.forebay.worker.models.Execution;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.models.Rates;
import dev.forebay.worker.models.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Prints how fast each variant is on this machine, interleaved; run by name: {@code -Dtest=VariantMeasurement}. */
class VariantMeasurement {
    private static final List<Race.Shape> SHAPES = List.of(
            new Race.Shape(1, 16),
            new Race.Shape(8, 16),
            new Race.Shape(32, 16),
            new Race.Shape(8, 64),
            new Race.Shape(16, 64),
            new Race.Shape(4, 128),
            new Race.Shape(2, 256));

    @Test
    void printsTextsPerSecond() throws IOException {
        for (int[] layout : new int[][] {{2, 1}, {1, 2}}) {
            List<DjlModel> models = new ArrayList<>();
            try (ExitGuard guard = ExitGuard.open()) {
                for (Variant variant : Variant.values()) {
                    if (variant != Variant.FP16) {
                        models.add(open(variant, layout));
                    }
                }
                models.forEach(model -> Race.warm(model, Double.POSITIVE_INFINITY));
                for (Race.Shape shape : SHAPES) {
                    new Race(models, List.of(shape), guard).run();
                    print(layout, shape, models, new Race(models, List.of(shape), guard).run());
                }
            } finally {
                models.forEach(DjlModel::close);
            }
        }
    }

    private static DjlModel open(Variant variant, int[] layout) throws IOException {
        Execution execution = new Execution(variant.engine(), Optional.of(variant), "cpu", layout[0], layout[1]);
        return LocalModels.open(new ModelsConfig(SharedModel.DIRECTORY, "all-MiniLM-L6-v2", 0, execution), line -> {});
    }

    private static void print(int[] layout, Race.Shape shape, List<DjlModel> models, List<Rates> rates) {
        StringBuilder line = new StringBuilder(layout[0] + " x " + layout[1] + "  " + shape);
        for (int i = 0; i < models.size(); i++) {
            line.append(String.format(
                    "  %s %.0f",
                    models.get(i).describe().precision(), rates.get(i).median()));
        }
        System.out.println(line);
    }
}

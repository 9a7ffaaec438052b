package dev.forebay.worker.djl;

import ai.djl.Device;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.models.EngineKind;
import dev.forebay.worker.models.Execution;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.Layout;
import dev.forebay.worker.models.LayoutFigures;
import dev.forebay.worker.models.Machine;
import dev.forebay.worker.models.Rates;
import dev.forebay.worker.models.Trials;
import dev.forebay.worker.models.VariantFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trials on the real engine. */
final class EngineTrials implements Trials {
    private static final double LONG_WARMING_SECONDS = 3;
    private static final double TIMES_THE_QUICKEST = 10;

    private final List<Device> devices;
    private final Machine machine;
    private final String device;

    EngineTrials(Execution execution) {
        boolean onnx = execution.engine() == EngineKind.ONNXRUNTIME;
        this.devices = onnx ? List.of(Device.cpu()) : Engines.devices(Engines.pyTorch(), execution.device());
        this.machine = Machine.here(
                onnx
                        ? "onnxruntime " + Engines.onnxRuntime().getVersion()
                        : "pytorch " + Engines.pyTorch().getVersion(),
                Engines.name(devices));
        this.device = onnx ? "cpu" : execution.device();
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public int gpus() {
        return (int) devices.stream().filter(Device::isGpu).count();
    }

    @Override
    public List<VariantFigures> race(List<InstalledModel> models, Layout layout) {
        List<VariantFigures> figures = new ArrayList<>();
        Map<InstalledModel, DjlModel> running = new LinkedHashMap<>();
        try (ExitGuard guard = ExitGuard.open()) {
            double quickest = Double.POSITIVE_INFINITY;
            for (InstalledModel model : models) {
                try {
                    DjlModel started = start(model, layout);
                    running.put(model, started);
                    quickest = Math.min(quickest, warm(started, quickest));
                } catch (IOException | ModelException e) {
                    DjlModel started = running.remove(model);
                    if (started != null) {
                        started.close();
                    }
                    figures.add(VariantFigures.failed(model.card().variant(), String.valueOf(e.getMessage())));
                }
            }
            List<Rates> rates = new Race(List.copyOf(running.values()), Race.SHAPES, guard).run();
            int next = 0;
            for (InstalledModel model : running.keySet()) {
                figures.add(VariantFigures.raced(model.card().variant(), rates.get(next++)));
            }
            return figures;
        } finally {
            running.values().forEach(DjlModel::close);
        }
    }

    @Override
    public List<LayoutFigures> race(InstalledModel model, List<Layout> layouts) {
        List<DjlModel> running = new ArrayList<>();
        try (ExitGuard guard = ExitGuard.open()) {
            for (Layout layout : layouts) {
                running.add(start(model, layout));
            }
            running.forEach(started -> Race.warm(started, Double.POSITIVE_INFINITY));
            List<Rates> rates = new Race(running, Race.SHAPES, guard).run();
            List<LayoutFigures> figures = new ArrayList<>();
            for (int i = 0; i < layouts.size(); i++) {
                figures.add(new LayoutFigures(layouts.get(i), rates.get(i)));
            }
            return figures;
        } catch (IOException e) {
            throw new ModelException("the model in " + model.directory() + " cannot be read", e);
        } finally {
            running.forEach(DjlModel::close);
        }
    }

    /**
     * A processor without the right instructions may take a hundred times as long as it does for another variant. A
     * machine that is busy just now takes long for all of them, which is no reason to leave one out.
     */
    private static double warm(DjlModel model, double quickest) {
        double bound = Math.max(LONG_WARMING_SECONDS, TIMES_THE_QUICKEST * quickest);
        double seconds = Race.warm(model, bound);
        if (seconds > bound) {
            throw new ModelException(String.format(
                    Locale.ROOT, "small batches took %.1f s, where another variant took %.1f s", seconds, quickest));
        }
        return seconds;
    }

    private DjlModel start(InstalledModel model, Layout layout) throws IOException {
        return DjlModel.load(model, new DjlModel.Options(device, layout.executors(), layout.threads(), 0));
    }
}

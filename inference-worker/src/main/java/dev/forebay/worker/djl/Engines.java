package dev.forebay.worker.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import dev.forebay.worker.infer.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The one place that starts an engine. DJL reads its switches from system properties, some of them once per process, so
 * they are set here before the first engine is loaded.
 */
final class Engines {
    static final String PYTORCH = "PyTorch";
    static final String ONNX_RUNTIME = "OnnxRuntime";

    private Engines() {}

    /** Keeps DJL from downloading, from asking the cloud's metadata address and from reporting its use. */
    static void stayOffline() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    static synchronized Engine pyTorch() {
        return load(PYTORCH);
    }

    static synchronized Engine onnxRuntime() {
        return load(ONNX_RUNTIME);
    }

    /**
     * The devices to use: all GPUs, or the CPU where there is none, unless one is named.
     *
     * @param wanted {@code auto}, {@code cpu} or {@code gpu:N}
     */
    static List<Device> devices(Engine engine, String wanted) {
        // asked first: naming a GPU that is not there starts CUDA
        int gpus = wanted.equals("cpu") ? 0 : engine.getGpuCount();
        return devices(wanted, gpus, engine.getVersion());
    }

    static List<Device> devices(String wanted, int gpus, String version) {
        if (wanted.equals("cpu") || (wanted.equals("auto") && gpus == 0)) {
            return List.of(Device.cpu());
        }
        if (wanted.equals("auto")) {
            return IntStream.range(0, gpus).mapToObj(Device::gpu).toList();
        }
        int number = Integer.parseInt(wanted.substring(wanted.indexOf(':') + 1));
        if (number >= gpus) {
            throw new ModelException("models.device is " + wanted + ", but the engine sees " + gpus
                    + " GPUs; set it to auto or cpu, or install a libtorch " + version
                    + " for CUDA and name it in PYTORCH_LIBRARY_PATH");
        }
        return List.of(Device.gpu(number));
    }

    static String name(List<Device> devices) {
        return devices.stream().map(Engines::name).collect(Collectors.joining(","));
    }

    private static String name(Device device) {
        return device.isGpu() ? String.format(Locale.ROOT, "gpu:%d", device.getDeviceId()) : "cpu";
    }

    private static Engine load(String name) {
        stayOffline();
        try {
            return Engine.getEngine(name);
        } catch (EngineException e) {
            throw new ModelException(
                    "the engine " + name + " cannot be loaded for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch"),
                    e);
        }
    }
}

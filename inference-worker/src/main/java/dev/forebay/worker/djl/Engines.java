package dev.forebay.worker.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import dev.forebay.worker.infer.ModelException;
import java.util.Locale;

/**
 * The one place that starts an engine. DJL reads its switches from system properties, some of them once per process, so
 * they are set here before the first engine is loaded.
 */
final class Engines {
    static final String PYTORCH = "PyTorch";
    static final String ONNX_RUNTIME = "OnnxRuntime";

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private Engines() {}

    /** Keeps DJL from downloading, from asking the cloud's metadata address and from reporting its use. */
    static void stayOffline() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /** @param threads within one call; only the first call in a process counts */
    static synchronized Engine pyTorch(int threads) {
        if (System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, Integer.toString(threads));
        }
        return load(PYTORCH);
    }

    static synchronized Engine onnxRuntime() {
        return load(ONNX_RUNTIME);
    }

    /** @param wanted {@code auto}, {@code cpu} or {@code gpu:N} */
    static Device device(Engine engine, String wanted) {
        int gpus = wanted.equals("cpu") ? 0 : engine.getGpuCount();
        if (wanted.equals("cpu") || (wanted.equals("auto") && gpus == 0)) {
            return Device.cpu();
        }
        int number = wanted.equals("auto") ? 0 : Integer.parseInt(wanted.substring(wanted.indexOf(':') + 1));
        if (number >= gpus) {
            throw new ModelException("models.device is " + wanted + ", but the engine sees " + gpus
                    + " GPUs; set it to auto or cpu, or install a libtorch " + engine.getVersion()
                    + " for CUDA and name it in PYTORCH_LIBRARY_PATH");
        }
        return Device.gpu(number);
    }

    static String name(Device device) {
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

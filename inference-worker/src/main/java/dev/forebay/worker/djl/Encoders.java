package dev.forebay.worker.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.models.EngineKind;
import dev.forebay.worker.models.Variant;
import java.io.IOException;
import java.util.List;

/** From a variant's bytes to an encoder on the engine that runs them. */
final class Encoders {
    private Encoders() {}

    /** @param wanted {@code auto}, {@code cpu} or {@code gpu:N} */
    static List<Device> devices(Variant variant, String wanted) {
        if (variant.engine() == EngineKind.ONNXRUNTIME) {
            return List.of(Device.cpu());
        }
        List<Device> devices = Engines.devices(Engines.pyTorch(), wanted);
        if (devices.get(0).isGpu() && !variant.runsOnGpu()) {
            throw new ModelException("the variant " + variant.code() + " runs on the CPU only; set models.precision to"
                    + " auto, or models.device to cpu");
        }
        return devices;
    }

    static Encoder load(Variant variant, byte[] weights, ModelDescription model, Device device, int threads)
            throws IOException, MalformedModelException {
        return variant.engine() == EngineKind.ONNXRUNTIME
                ? OnnxRuntimeEncoder.load(weights, new OnnxTranslator(model.dimension(), model.maxTokens()), threads)
                : TorchEncoder.load(
                        weights, new EncoderTranslator(model.dimension(), model.maxTokens()), device, threads);
    }
}

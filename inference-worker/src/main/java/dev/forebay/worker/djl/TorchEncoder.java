package dev.forebay.worker.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.pytorch.jni.JniUtils;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * An encoder on the PyTorch engine. The number of threads within a call belongs to the thread that calls, so each brings
 * its own count with it and models with different counts can run side by side.
 */
final class TorchEncoder implements Encoder {
    // 0 until this thread has set its own
    private static final ThreadLocal<Integer> SET = ThreadLocal.withInitial(() -> 0);

    private final Model module;
    private final EncoderTranslator translator;
    private final int threads;

    private TorchEncoder(Model module, EncoderTranslator translator, int threads) {
        this.module = module;
        this.translator = translator;
        this.threads = threads;
    }

    /** @param archive the bytes that were checked, and not a file, which may have changed since */
    static TorchEncoder load(byte[] archive, EncoderTranslator translator, Device device, int threads)
            throws IOException, MalformedModelException {
        Engine engine = Engines.pyTorch();
        enter(threads);
        Model module = engine.newModel("encoder", device);
        try {
            module.load(new ByteArrayInputStream(archive), Map.of("mapLocation", "true"));
            return new TorchEncoder(module, translator, threads);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            module.close();
            throw e;
        }
    }

    @Override
    public Predictor<List<Tokens>, List<Inference>> newPredictor() {
        return module.newPredictor(translator);
    }

    @Override
    public String engine() {
        return "pytorch " + Engines.pyTorch().getVersion();
    }

    @Override
    public void enter() {
        enter(threads);
    }

    private static void enter(int threads) {
        if (SET.get() != threads) {
            // the first question makes libtorch give this thread the process's count, which would else come later
            JniUtils.getNumThreads();
            JniUtils.setNumThreads(threads);
            SET.set(threads);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}

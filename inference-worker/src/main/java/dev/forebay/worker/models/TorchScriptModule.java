package dev.forebay.worker.models;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A module of one class as a TorchScript archive, file format version 10 of libtorch.
 *
 * @param tensors its attributes, in the order in which they are stored
 * @param methods its methods in TorchScript's own notation, indented by two spaces
 */
record TorchScriptModule(Map<String, TorchTensor> tensors, String methods) {
    private static final String MODULE = "__torch__";
    private static final String CLASS = "Model";

    void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                StoredZip zip = new StoredZip(out, "model")) {
            List<TorchTensor> stored = new ArrayList<>();
            zip.put("data.pkl", state(stored));
            zip.put("code/" + MODULE + ".py", code().getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < stored.size(); i++) {
                zip.put("data/" + i, stored.get(i).bytes());
            }
            zip.put("constants.pkl", new PickleWriter().emptyTuple().finish());
            zip.put("version", "10\n".getBytes(StandardCharsets.US_ASCII));
            zip.put("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private byte[] state(List<TorchTensor> stored) {
        PickleWriter pickle = new PickleWriter();
        pickle.global(MODULE, CLASS).emptyTuple().newObject().openDictionary();
        // libtorch refuses a module without this attribute
        pickle.text("training").flag(false);
        tensors.forEach((name, tensor) -> {
            pickle.text(name).tensor(tensor, Integer.toString(stored.size()));
            stored.add(tensor);
        });
        return pickle.closeDictionary().setState().finish();
    }

    String code() {
        StringBuilder code = new StringBuilder();
        code.append("class ").append(CLASS).append("(Module):\n  __parameters__ = []\n  __buffers__ = []\n");
        code.append("  training : bool\n");
        tensors.keySet().forEach(name -> code.append("  ").append(name).append(" : Tensor\n"));
        return code.append(methods).toString();
    }
}

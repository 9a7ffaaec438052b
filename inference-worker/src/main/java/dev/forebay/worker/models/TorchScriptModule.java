package dev.forebay.worker.models;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A module of one class as a TorchScript archive, file format version 10 of libtorch.
 *
 * @param tensors what is stored, in that order
 * @param attributes their declarations, indented by two spaces
 * @param methods in TorchScript's own notation, indented by two spaces
 * @param restores whether a method {@code __setstate__} takes the tensors as a list; else they are the attributes
 */
record TorchScriptModule(Map<String, TorchTensor> tensors, String attributes, String methods, boolean restores) {
    private static final String MODULE = "__torch__";
    private static final String CLASS = "Model";

    /** Every tensor is an attribute of its name. */
    static TorchScriptModule plain(Map<String, TorchTensor> tensors, String methods) {
        StringBuilder attributes = new StringBuilder();
        tensors.keySet().forEach(name -> attributes.append("  ").append(name).append(" : Tensor\n"));
        return new TorchScriptModule(tensors, attributes.toString(), methods, false);
    }

    static TorchScriptModule packed(Map<String, TorchTensor> tensors, PackedState state, String methods) {
        return new TorchScriptModule(tensors, state.attributes(), state.methods() + methods, true);
    }

    void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                StoredZip zip = new StoredZip(out, "model")) {
            zip.put("data.pkl", state());
            zip.put("code/" + MODULE + ".py", code().getBytes(StandardCharsets.UTF_8));
            int key = 0;
            for (TorchTensor tensor : tensors.values()) {
                zip.put("data/" + key++, tensor.bytes());
            }
            zip.put("constants.pkl", new PickleWriter().emptyTuple().finish());
            zip.put("version", "10\n".getBytes(StandardCharsets.US_ASCII));
            zip.put("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private byte[] state() {
        PickleWriter pickle = new PickleWriter();
        pickle.global(MODULE, CLASS).emptyTuple().newObject();
        return (restores ? list(pickle) : dictionary(pickle)).setState().finish();
    }

    private PickleWriter dictionary(PickleWriter pickle) {
        pickle.openDictionary();
        // libtorch refuses a module without this attribute
        pickle.text("training").flag(false);
        int key = 0;
        for (Map.Entry<String, TorchTensor> stored : tensors.entrySet()) {
            pickle.text(stored.getKey()).tensor(stored.getValue(), Integer.toString(key++));
        }
        return pickle.closeDictionary();
    }

    private PickleWriter list(PickleWriter pickle) {
        pickle.mark();
        pickle.global("torch.jit._pickle", "build_tensorlist").mark().openList();
        int key = 0;
        for (TorchTensor tensor : tensors.values()) {
            pickle.tensor(tensor, Integer.toString(key++));
        }
        return pickle.closeList().closeTuple().call().flag(false).closeTuple();
    }

    String code() {
        return "class " + CLASS + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + attributes
                + methods;
    }
}

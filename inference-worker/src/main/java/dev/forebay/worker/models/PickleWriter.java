package dev.forebay.worker.models;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the few opcodes of Python's pickle format, protocol 2, that a TorchScript archive needs. The opcodes are
 * described in CPython's {@code pickletools}. Nothing here reads a pickle.
 */
final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        opcode(0x80).opcode(2);
    }

    PickleWriter global(String module, String name) {
        opcode('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    PickleWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        opcode('X').little(bytes.length, Integer.BYTES);
        out.writeBytes(bytes);
        return this;
    }

    PickleWriter number(long value) {
        if (value >= 0 && value < 256) {
            return opcode('K').opcode((int) value);
        }
        if (value == (int) value) {
            return opcode('J').little(value, Integer.BYTES);
        }
        return opcode(0x8a).opcode(Long.BYTES).little(value, Long.BYTES);
    }

    PickleWriter flag(boolean value) {
        return opcode(value ? 0x88 : 0x89);
    }

    PickleWriter emptyTuple() {
        return opcode(')');
    }

    /** Opens a tuple or the items of a dictionary. */
    PickleWriter mark() {
        return opcode('(');
    }

    PickleWriter closeTuple() {
        return opcode('t');
    }

    /** An empty dictionary, open for items. */
    PickleWriter openDictionary() {
        return opcode('}').mark();
    }

    PickleWriter closeDictionary() {
        return opcode('u');
    }

    /** An empty list, open for items. */
    PickleWriter openList() {
        return opcode(']').mark();
    }

    PickleWriter closeList() {
        return opcode('e');
    }

    /** Calls {@code __new__} of the class below the argument tuple. */
    PickleWriter newObject() {
        return opcode(0x81);
    }

    /** Calls the function below the argument tuple. */
    PickleWriter call() {
        return opcode('R');
    }

    /** Gives the state on top to the object below it. */
    PickleWriter setState() {
        return opcode('b');
    }

    PickleWriter numbers(long... values) {
        mark();
        for (long value : values) {
            number(value);
        }
        return closeTuple();
    }

    /** A tensor whose data are the archive's record {@code data/key}. */
    PickleWriter tensor(TorchTensor tensor, String key) {
        global("torch._utils", "_rebuild_tensor_v2").mark();
        mark().text("storage").global("torch", tensor.storage()).text(key).text("cpu");
        number(tensor.count()).closeTuple().opcode('Q');
        number(0);
        numbers(tensor.shape().stream().mapToLong(Long::longValue).toArray());
        numbers(tensor.strides());
        flag(false).global("collections", "OrderedDict").emptyTuple().call();
        return closeTuple().call();
    }

    byte[] finish() {
        opcode('.');
        return out.toByteArray();
    }

    private PickleWriter opcode(int code) {
        out.write(code);
        return this;
    }

    private PickleWriter little(long value, int width) {
        for (int i = 0; i < width; i++) {
            out.write((int) (value >>> (8 * i)));
        }
        return this;
    }
}

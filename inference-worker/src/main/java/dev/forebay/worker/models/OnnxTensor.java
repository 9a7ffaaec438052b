package dev.forebay.worker.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor of an ONNX file; its data stay in the mapped file until they are asked for.
 *
 * @param type the number of its element type in onnx.proto
 * @param data little-endian elements, as many as the shape says for the types that we read
 */
record OnnxTensor(String name, List<Long> shape, int type, ByteBuffer data) {
    static final int FLOAT = 1;
    static final int INT64 = 7;

    float[] floats() {
        float[] values = new float[data.remaining() / Float.BYTES];
        little().asFloatBuffer().get(values);
        return values;
    }

    long[] longs() {
        long[] values = new long[data.remaining() / Long.BYTES];
        little().asLongBuffer().get(values);
        return values;
    }

    private ByteBuffer little() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}

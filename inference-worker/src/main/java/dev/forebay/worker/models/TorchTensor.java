package dev.forebay.worker.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A contiguous tensor as a TorchScript archive stores it. */
final class TorchTensor {
    private final Precision precision;
    private final List<Long> shape;
    private final float[] values;

    TorchTensor(Precision precision, List<Long> shape, float[] values) {
        long count = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
        if (count != values.length) {
            throw new IllegalArgumentException(values.length + " values for shape " + shape);
        }
        this.precision = precision;
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    List<Long> shape() {
        return shape;
    }

    /** Row-major strides, in elements. */
    long[] strides() {
        long[] strides = new long[shape.size()];
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.get(i);
        }
        return strides;
    }

    int count() {
        return values.length;
    }

    /** The name of its storage class in the module {@code torch}. */
    String storage() {
        return precision.storage();
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, precision.width()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (precision) {
                case FP32 -> bytes.putFloat(value);
                case BF16 -> bytes.putShort(HalfFloats.bf16(value));
                case FP16 -> bytes.putShort(HalfFloats.fp16(value));
            }
        }
        return bytes.array();
    }
}

package dev.forebay.worker.models;

/** How the numbers of a TorchScript archive are stored; pooling and normalisation are always in fp32. */
enum Precision {
    FP32("FloatStorage", Float.BYTES),
    BF16("BFloat16Storage", Short.BYTES),
    FP16("HalfStorage", Short.BYTES);

    private final String storage;
    private final int width;

    Precision(String storage, int width) {
        this.storage = storage;
        this.width = width;
    }

    /** The name of the storage class in the module {@code torch}. */
    String storage() {
        return storage;
    }

    /** Bytes of one number. */
    int width() {
        return width;
    }
}

package dev.forebay.worker.infer;

/** A batch as the device sees it: so many rows of one length. */
public record Shape(int count, int length) {
    public Shape {
        if (count < 1 || length < 1) {
            throw new IllegalArgumentException("a shape has at least one row of one token");
        }
    }

    public int tokens() {
        return Math.multiplyExact(count, length);
    }
}

package dev.forebay.worker.models;

/**
 * The sizes of a BERT encoder.
 *
 * @param feedForward width of the inner layer
 * @param positions rows of the position table: no text may have more tokens
 * @param epsilon what layer normalisation adds to the variance
 */
record BertShape(int layers, int hidden, int heads, int feedForward, int vocabulary, int positions, double epsilon) {
    int headSize() {
        return hidden / heads;
    }
}

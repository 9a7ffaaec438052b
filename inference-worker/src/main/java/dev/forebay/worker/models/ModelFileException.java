package dev.forebay.worker.models;

import java.io.IOException;

/** A model's file that cannot be used; the message names the file, what is wrong with it and what to do. */
public final class ModelFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public ModelFileException(String file, String problem) {
        super(file + ": " + problem);
    }
}

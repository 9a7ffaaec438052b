package dev.forebay.worker.infer;

import java.util.List;
import java.util.Locale;

/**
 * The device has no memory for a batch, which is nobody's fault but the batch's size: its items are run again in smaller
 * ones.
 */
public final class OutOfMemoryException extends ModelException {
    private static final long serialVersionUID = 1L;

    /**
     * As the engines say it: CUDA's allocator and libraries, PyTorch's allocator on the CPU, ONNX Runtime's arena, the
     * C++ runtime and Java's own off-heap memory.
     */
    private static final List<String> COMPLAINTS = List.of(
            "out of memory",
            "alloc_failed",
            "device_allocation_failed",
            "can't allocate memory",
            "cannot allocate memory",
            "not enough memory",
            "failed to allocate memory",
            "is smaller than requested bytes",
            "bad_alloc",
            "bad allocation",
            "direct buffer memory");

    public OutOfMemoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether an engine's exception, or what caused it, is a complaint about memory. */
    public static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (COMPLAINTS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }
}

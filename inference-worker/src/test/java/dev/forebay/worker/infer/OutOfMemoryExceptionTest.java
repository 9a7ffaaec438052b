package dev.forebay.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutOfMemoryExceptionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.10 GiB",
                "CUDA error: out of memory",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to"
                        + " allocate 68719476736 bytes. Error code 12 (Cannot allocate memory)",
                "Non-zero status code returned while running MatMul node: Failed to allocate memory for requested buffer"
                        + " of size 134217728",
                "Available memory of 1024 is smaller than requested bytes of 4096",
                "std::bad_alloc",
                "Cannot reserve 1048576 bytes of direct buffer memory (allocated: 0, limit: 4096)"
            })
    void isRecognisedInWhatEnginesSay(String message) {
        RuntimeException cause = new IllegalStateException(message);

        assertThat(OutOfMemoryException.caused(cause)).isTrue();
        assertThat(OutOfMemoryException.caused(new RuntimeException("translate", cause)))
                .isTrue();
    }

    @Test
    void isNotSeenInOtherFailures() {
        assertThat(OutOfMemoryException.caused(new RuntimeException("index out of range in self")))
                .isFalse();
        assertThat(OutOfMemoryException.caused(
                        new RuntimeException((String) null, new RuntimeException("CUDA error: device-side assert"))))
                .isFalse();
    }
}

package dev.forebay.processors.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request of a tenant in a store: the same 32 bytes for ids of any length, and no id in the store. */
public final class RequestKey {
    private RequestKey() {}

    public static byte[] of(String tenant, String requestId) {
        byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
        byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array();
        return Sha256.of(length, name, requestId.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.forebay.schemas.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells the hosts that are this machine from all others by their spelling; no name is looked up. */
public final class Loopback {
    private static final Pattern HOST =
            Pattern.compile("localhost\\.?|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|0:0:0:0:0:0:0:1");

    private Loopback() {}

    /** @param host a name or an address, the latter with or without brackets */
    public static boolean is(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return HOST.matcher(bare.toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether {@code HOST:PORT}, or {@code PROTOCOL://HOST:PORT} as Kafka takes it too, is on this machine. */
    static boolean isAddress(String address) {
        String plain = address.strip().replaceFirst("^[^/]*://", "");
        int colon = plain.lastIndexOf(':');
        return is(colon < 0 ? plain : plain.substring(0, colon));
    }
}

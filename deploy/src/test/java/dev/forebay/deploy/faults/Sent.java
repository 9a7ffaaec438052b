package dev.forebay.deploy.faults;

import java.util.Map;

/**
 * A record that the broker took as input.
 *
 * @param expected the content of the right result, {@code rejected} or {@code dead} where it must have none
 * @param value the record's bytes in hex, as are the headers' values
 */
record Sent(
        String requestId, String key, Position position, String expected, String value, Map<String, String> headers) {}

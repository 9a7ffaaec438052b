package dev.forebay.deploy.faults;

import java.util.Map;

/**
 * An input that the broker took.
 *
 * @param ending how it has to end
 * @param key in hex, as are the record's value and the headers' values
 */
record Sent(
        String requestId, String key, Position position, Ending ending, String value, Map<String, String> headers) {}

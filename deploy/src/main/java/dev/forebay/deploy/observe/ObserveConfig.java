package dev.forebay.deploy.observe;

import dev.forebay.schemas.config.Section;

/**
 * The {@code observe} section.
 *
 * @param port of metrics and health on the loopback address; 0 for none
 * @param required false for the default port, which a second process on the machine does without
 */
public record ObserveConfig(int port, boolean required) {
    /** Where Prometheus exporters of OpenTelemetry listen. */
    public static final int DEFAULT_PORT = 9464;

    private static final int MAX_PORT = 65_535;

    public static ObserveConfig read(Section section) {
        boolean required = section.has("port");
        int port = section.integer("port", DEFAULT_PORT, 0, MAX_PORT);
        section.done();
        return new ObserveConfig(port, required);
    }
}

package dev.forebay.schemas.config;

/**
 * One thing wrong with a configuration.
 *
 * @param key the full path, {@code intake.sources[0].topic}
 * @param value what was found there; empty where nothing was
 * @param allowed what would be accepted
 * @param fix what to do
 */
public record Problem(String key, String value, String allowed, String fix) {
    @Override
    public String toString() {
        String found = value.isEmpty() ? "missing" : "'" + value + "'";
        return key + ": " + found + "; allowed: " + allowed + ". " + fix;
    }
}

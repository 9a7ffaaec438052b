package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One call of the registry's protocol.
 *
 * @param parameters what stands in the path for the pattern's placeholders, decoded
 * @param body missing where there is none
 */
record RegistryRequest(List<String> parameters, Map<String, String> query, JsonNode body) {
    private static final int LATEST = -1;

    String subject() {
        return parameters.get(0);
    }

    boolean flag(String name) {
        return "true".equalsIgnoreCase(query.get(name));
    }

    /** A version of these by its number, {@code latest} or {@code -1}. */
    StoredSchema version(String text, List<StoredSchema> versions) {
        int number = versionNumber(text);
        if (versions.isEmpty()) {
            throw RegistryError.subjectNotFound(subject());
        }
        if (number == LATEST) {
            return versions.get(versions.size() - 1);
        }
        return versions.stream()
                .filter(stored -> stored.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryError.versionNotFound(number));
    }

    private static int versionNumber(String text) {
        if (text.equals("latest")) {
            return LATEST;
        }
        try {
            int number = Integer.parseInt(text);
            if (number == LATEST || number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below like a number out of range
        }
        throw new RegistryError(
                42202, "The specified version is not valid; allowed are 1 to " + Integer.MAX_VALUE + " and 'latest'.");
    }
}

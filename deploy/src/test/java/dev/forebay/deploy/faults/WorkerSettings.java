package dev.forebay.deploy.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration file of a run's workers, section by section; written as JSON, which is YAML. */
final class WorkerSettings {
    private final Map<String, Object> root = new LinkedHashMap<>();

    /**
     * Sets a key, over what was set before.
     *
     * @param section {@code worker.in-flight}: each dot is a level; dots of the key are none
     */
    WorkerSettings set(String section, String key, Object value) {
        Map<String, Object> level = root;
        for (String name : section.split("\\.", -1)) {
            level = below(level, name);
        }
        level.put(key, value);
        return this;
    }

    String text() {
        try {
            return new ObjectMapper().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // only this class puts maps here
    private static Map<String, Object> below(Map<String, Object> level, String name) {
        return (Map<String, Object>) level.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
    }
}

package dev.forebay.schemas.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong while a configuration is read, so that one run reports everything. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(String key, String value, String allowed, String fix) {
        Problem problem = new Problem(key, value, allowed, fix);
        if (!found.contains(problem)) { // a section may be read twice
            found.add(problem);
        }
    }

    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** Throws where anything was found. */
    public void check() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }
}

package dev.forebay.deploy.trial;

import dev.forebay.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A registry for the schemas of one trial; what it does not know is looked up in the registry of the configuration. */
final class TrialRegistry implements SchemaRegistry {
    /** Far above the ids that a registry gives, so that the two cannot be mistaken for one another. */
    private static final int FIRST_ID = 2_000_000_000;

    private final SchemaRegistry configured;
    private final List<Schema> own = new ArrayList<>();

    TrialRegistry(SchemaRegistry configured) {
        this.configured = configured;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int index = own.indexOf(schema);
        if (index < 0) {
            index = own.size();
            own.add(schema);
        }
        return FIRST_ID + index;
    }

    @Override
    public synchronized Optional<Schema> byId(int id) {
        int index = id - FIRST_ID;
        return index >= 0 && index < own.size() ? Optional.of(own.get(index)) : configured.byId(id);
    }
}

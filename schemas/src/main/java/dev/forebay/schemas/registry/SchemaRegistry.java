package dev.forebay.schemas.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/** What serdes need of a registry. Answers are cached by implementations; safe for use by several threads. */
public interface SchemaRegistry {
    /**
     * The id of a schema under a subject, registered first where the client is configured to.
     *
     * @throws RegistryUnavailableException where no registry answers
     * @throws RegistryRefusedException where the registry answers that this schema may not, or does not, stand there
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema with a global id; empty where the registry knows no such id.
     *
     * @throws RegistryUnavailableException where no registry answers: that is not the same as an unknown id
     */
    Optional<Schema> byId(int id);
}

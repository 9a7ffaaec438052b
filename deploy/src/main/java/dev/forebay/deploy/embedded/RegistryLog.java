package dev.forebay.deploy.embedded;

/** Where changes are kept. */
interface RegistryLog extends AutoCloseable {
    /**
     * Returns when the change is kept.
     *
     * @throws IllegalStateException where it is not known to be
     */
    void append(RegistryChange change);

    @Override
    void close();
}

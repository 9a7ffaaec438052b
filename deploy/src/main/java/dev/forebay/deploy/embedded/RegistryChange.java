package dev.forebay.deploy.embedded;

import org.jspecify.annotations.Nullable;

/** One record of the {@code _schemas} topic. */
sealed interface RegistryChange {
    /** A version was added, or marked as deleted. */
    record Stored(StoredSchema schema) implements RegistryChange {}

    /** A version was removed for good. */
    record Removed(String subject, int version) implements RegistryChange {}

    /** All versions of a subject up to this one were marked as deleted; other registries write it, this one reads it. */
    record SubjectDeleted(String subject, int upToVersion) implements RegistryChange {}

    /**
     * A setting was made, or removed.
     *
     * @param subject null for the setting of all subjects
     * @param value null where it was removed
     */
    record Set(Setting setting, @Nullable String subject, @Nullable String value) implements RegistryChange {}

    /** What can be set for all subjects or for one. */
    enum Setting {
        CONFIG("compatibilityLevel"),
        MODE("mode");

        private final String field;

        Setting(String field) {
            this.field = field;
        }

        /** The field of the topic's records and of the protocol's answers. */
        String field() {
            return field;
        }
    }
}

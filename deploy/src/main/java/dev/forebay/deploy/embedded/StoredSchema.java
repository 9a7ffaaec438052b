package dev.forebay.deploy.embedded;

/** One version of one subject. */
record StoredSchema(String subject, int version, int id, String schema, boolean deleted) {
    StoredSchema asDeleted() {
        return new StoredSchema(subject, version, id, schema, true);
    }
}

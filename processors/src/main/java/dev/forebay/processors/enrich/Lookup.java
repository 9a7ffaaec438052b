package dev.forebay.processors.enrich;

import java.util.Map;
import java.util.Optional;

/** Where the reference data of one entry are looked up. Safe for use by several threads. */
interface Lookup {
    /**
     * The attributes that the record of a key has, by their names; empty where there is no record.
     *
     * @param key at least one character
     * @throws ReferenceUnavailableException where the data cannot be asked at present
     */
    Optional<Map<String, String>> find(String key);
}

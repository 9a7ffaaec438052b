package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a call changes and what it is answered once the changes are in the topic. */
record RegistryDecision(List<RegistryChange> changes, JsonNode answer) {
    static RegistryDecision nothing(JsonNode answer) {
        return new RegistryDecision(List.of(), answer);
    }

    static RegistryDecision of(RegistryChange change, JsonNode answer) {
        return new RegistryDecision(List.of(change), answer);
    }
}

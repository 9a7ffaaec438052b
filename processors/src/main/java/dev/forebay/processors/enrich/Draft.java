package dev.forebay.processors.enrich;

import dev.forebay.processors.event.Reworded;
import dev.forebay.schemas.record.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request while entries add to it. */
final class Draft {
    private final Request request;
    private final Map<String, String> attributes;
    private String text;

    Draft(Request request) {
        this.request = request;
        this.attributes = new LinkedHashMap<>(request.getAttributes());
        this.text = request.getText();
    }

    String tenant() {
        return request.getTenant();
    }

    String text() {
        return text;
    }

    /** An attribute; empty where there is none. */
    String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    void put(String name, String value) {
        attributes.put(name, value);
    }

    void remove(String name) {
        attributes.remove(name);
    }

    void say(String newText) {
        text = newText;
    }

    Request finished() {
        return Reworded.of(request, text, attributes);
    }
}

package dev.forebay.deploy.quickstart;

import dev.forebay.deploy.console.UsageException;
import dev.forebay.schemas.config.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Chooses the field that holds the text. */
final class Fields {
    private static final List<String> USUAL = List.of("text", "message", "body", "content");

    private Fields() {}

    /** The named field, else the only one, else one with a usual name. */
    static String choose(Path path, List<String> fields, Optional<String> named) {
        if (named.isPresent()) {
            String name = named.get();
            if (!fields.contains(name)) {
                String nearest = Nearest.to(name, fields)
                        .map(field -> " Did you mean " + field + "?")
                        .orElse("");
                throw new UsageException("There is no field " + name + " in " + path + "; the fields are: "
                        + String.join(", ", fields) + "." + nearest);
            }
            return name;
        }
        if (fields.size() == 1) {
            return fields.get(0);
        }
        return USUAL.stream()
                .filter(fields::contains)
                .findFirst()
                .orElseThrow(() -> new UsageException("Which field of " + path
                        + " holds the text? Add --text FIELD; the fields are: " + String.join(", ", fields) + "."));
    }
}

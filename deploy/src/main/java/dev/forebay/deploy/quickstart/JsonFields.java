package dev.forebay.deploy.quickstart;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.connectors.archive.ArchiveFormat;
import dev.forebay.connectors.archive.ArchiveReader;
import dev.forebay.connectors.archive.ArchiveRecord;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the text in the objects of a JSONL file, from a look at its first lines. */
final class JsonFields {
    /** Enough to see past some broken lines at the start. */
    private static final int LOOK_AT = 100;

    private static final JsonMapper JSON = new JsonMapper();

    private JsonFields() {}

    /** A JSON pointer; a name without a slash is a field at the top, or fields joined by dots. */
    static String place(Path path, Optional<String> named) {
        List<JsonNode> objects = head(path);
        Set<String> fields = new LinkedHashSet<>();
        objects.forEach(object -> object.fieldNames().forEachRemaining(fields::add));
        if (objects.isEmpty()) {
            return pointer(named.orElse("text"), fields);
        }
        if (named.isEmpty()) {
            return pointer(Fields.choose(path, List.copyOf(fields), named), fields);
        }
        String pointer = pointer(named.get(), fields);
        JsonPointer compiled = compile(pointer);
        if (objects.stream().allMatch(object -> object.at(compiled).isMissingNode())) {
            Fields.choose(path, List.copyOf(fields), named);
        }
        return pointer;
    }

    private static String pointer(String name, Set<String> fields) {
        if (name.startsWith("/")) {
            return name;
        }
        String path = fields.contains(name) ? escape(name) : escape(name).replace('.', '/');
        return "/" + path;
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static JsonPointer compile(String pointer) {
        try {
            return JsonPointer.compile(pointer);
        } catch (IllegalArgumentException e) {
            throw new UsageException(pointer + " is no JSON pointer. Write --text /message/body, or --text body.");
        }
    }

    private static List<JsonNode> head(Path path) {
        List<JsonNode> objects = new ArrayList<>();
        try (ArchiveReader reader = ArchiveReader.open(path, ArchiveFormat.JSONL, InputFile.MAX_RECORD_BYTES)) {
            for (int i = 0; i < LOOK_AT; i++) {
                ArchiveRecord record = reader.next();
                if (record == null) {
                    break;
                }
                object(record.bytes()).ifPresent(objects::add);
            }
            return objects;
        } catch (IOException e) {
            throw FailedException.of(path + " cannot be read", e);
        }
    }

    private static Optional<JsonNode> object(byte[] line) {
        try {
            return Optional.ofNullable(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

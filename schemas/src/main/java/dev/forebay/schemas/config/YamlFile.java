package dev.forebay.schemas.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one YAML document: plain data only, no duplicate keys, no tags, bounded aliases and size. */
public final class YamlFile {
    private static final int MAX_CODE_POINTS = 1 << 20;

    private YamlFile() {}

    /** Reads a file; a file that is missing or is not YAML is a problem like any other. */
    public static Section read(Path file, Problems problems) {
        try {
            return parse(Files.readString(file), file.toString(), problems);
        } catch (IOException e) {
            problems.add(file.toString(), "", "a readable YAML file in UTF-8", "Check the path: " + reason(e) + ".");
            return new Section("", Map.of(), problems);
        }
    }

    public static Section parse(String yaml, String name, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(10)
                .setCodePointLimit(MAX_CODE_POINTS)
                .setLabel(name)
                .build();
        try {
            Object document = new Load(settings).loadFromString(yaml);
            if (document instanceof Map<?, ?> map) {
                return new Section("", map, problems);
            }
            problems.add(
                    name, document == null ? "" : "not a map", "a YAML map", "Start with a section such as kafka:.");
        } catch (YamlEngineException e) {
            problems.add(
                    name,
                    "not YAML",
                    "a YAML map",
                    String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip());
        }
        return new Section("", Map.of(), problems);
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : String.valueOf(e.getMessage());
    }
}

package dev.forebay.schemas.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document: plain data only, no duplicate keys, no tags, bounded aliases and size. References to secrets
 * are followed, within what the document's own section {@code secrets} allows.
 */
public final class YamlFile {
    /** The section that says which secrets references may read. */
    public static final String SECRETS = "secrets";

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
        return parse(yaml, name, System::getenv, problems);
    }

    /** The same for a document that comes from elsewhere: what looks like a reference to a secret is text like any other. */
    public static Section parseWithoutSecrets(String yaml, String name, Problems problems) {
        return new Section("", load(yaml, name, problems), problems);
    }

    static Section parse(String yaml, String name, UnaryOperator<@Nullable String> environment, Problems problems) {
        Map<?, ?> map = load(yaml, name, problems);
        Section secrets = new Section("", map, problems).section(SECRETS);
        SecretReferences references = new SecretReferences(SecretSources.read(secrets, environment), problems);
        return new Section("", references.in(map, ""), problems);
    }

    private static Map<?, ?> load(String yaml, String name, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(10)
                .setCodePointLimit(MAX_CODE_POINTS)
                .setLabel(name)
                .build();
        try {
            Object document = new Load(settings).loadFromString(yaml);
            if (document instanceof Map<?, ?> map) {
                return map;
            }
            problems.add(
                    name, document == null ? "" : "not a map", "a YAML map", "Start with a section such as kafka:.");
        } catch (YamlEngineException e) {
            problems.add(name, "not YAML", "a YAML map", what(e));
        }
        return Map.of();
    }

    /** The parser's own message quotes the lines around the fault, and a secret may be on one of them. */
    private static String what(YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked) {
            String where = marked.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            String problem =
                    String.valueOf(marked.getProblem()).replaceAll("\\s+", " ").strip();
            return "The parser says: " + problem + where + ".";
        }
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : String.valueOf(e.getMessage());
    }
}

package dev.forebay.schemas.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts secrets in the place of the references to them, <code>${env:NAME}</code> and <code>${file:/path}</code>. */
final class SecretReferences {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}:]+)}");

    private final SecretSources sources;
    private final Problems problems;

    SecretReferences(SecretSources sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
    }

    static boolean isKind(String name) {
        return name.equals("env") || name.equals("file");
    }

    Map<?, ?> in(Map<?, ?> map, String path) {
        Map<Object, @Nullable Object> resolved = new LinkedHashMap<>();
        map.forEach((key, value) -> resolved.put(key, value(value, path.isEmpty() ? "" + key : path + "." + key)));
        return resolved;
    }

    private @Nullable Object value(@Nullable Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            return in(map, path);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> resolved = new ArrayList<>();
            for (Object element : list) {
                resolved.add(value(element, path + "[" + resolved.size() + "]"));
            }
            return resolved;
        }
        return value instanceof String text && REFERENCE.matcher(text).find() ? resolved(text, path) : value;
    }

    /** A reference that cannot be followed is noted and becomes an empty text, so that reading goes on. */
    private SecretText resolved(String text, String path) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            SecretSources.Found found = matcher.group(1).equals("env")
                    ? sources.variable(matcher.group(2))
                    : sources.file(matcher.group(2));
            String secret = found.secret();
            if (secret == null) {
                problems.add(path, matcher.group(), found.allowed(), found.fix());
            }
            matcher.appendReplacement(resolved, secret == null ? "" : Matcher.quoteReplacement(secret));
        }
        return new SecretText(matcher.appendTail(resolved).toString(), text);
    }
}

package dev.forebay.schemas.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A configuration as anyone may see it, one {@code key: value} per line. What is not known to be safe is hidden: in the
 * sections that pass through to clients that is all but a few keys, because anybody's client may have secrets of its own.
 */
public final class MaskedView {
    /** Sections of which we know every key, and that none is a secret. */
    private static final Set<String> OWN = Set.of(
            "topics", "models", "tasks", "intake", "verdict", "worker", "processors", "observe", YamlFile.SECRETS);

    private static final Pattern PASSED_THROUGH = Pattern.compile(
            "(kafka|registry)\\.(.*\\.)?("
                    + "bootstrap\\.servers|client\\.id|security\\.protocol|sasl\\.mechanism|allow\\.insecure|acks"
                    + "|ssl\\.(truststore|keystore)\\.(location|type)|ssl\\.endpoint\\.identification\\.algorithm"
                    + "|group\\.(id|protocol|instance\\.id)|auto\\.offset\\.reset|isolation\\.level|compression\\.type"
                    + "|config\\.providers|schema\\.registry\\.url|auto\\.register\\.schemas|use\\.latest\\.version"
                    + "|normalize\\.schemas|(key|value)\\.subject\\.name\\.strategy|(basic|bearer)\\.auth\\.credentials\\.source)");

    /** Sizes and times, wherever they stand; a number elsewhere may be a password. */
    private static final Pattern MEASURE = Pattern.compile(".*\\.(ms|bytes|records|size|sec)");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]*}");

    private MaskedView() {}

    public static List<String> of(Section root) {
        List<String> lines = new ArrayList<>();
        for (String name : root.keys()) {
            if (root.isSection(name)) {
                addMap(lines, name, root.section(name).values());
            } else {
                lines.add(name + ": " + Secrets.HIDDEN);
            }
        }
        return lines;
    }

    private static void addMap(List<String> lines, String path, Map<?, ?> map) {
        map.forEach((key, value) -> add(lines, path + "." + key, value));
    }

    private static void add(List<String> lines, String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            addMap(lines, path, map);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                add(lines, path + "[" + i + "]", list.get(i));
            }
        } else if (value != null) {
            lines.add(path + ": " + shown(path, value));
        }
    }

    private static String shown(String path, Object value) {
        String text = value instanceof SecretText secret ? secret.reference() : value.toString();
        if (value instanceof SecretText && REFERENCE.matcher(text).matches()) {
            return text;
        }
        String key = path.replaceAll("\\[\\d+]", "");
        String leaf = key.substring(key.lastIndexOf('.') + 1);
        boolean own = OWN.contains(key.substring(0, Math.max(0, key.indexOf('.'))));
        boolean measure = MEASURE.matcher(key).matches() && NUMBER.matcher(text).matches();
        if (own) {
            return Secrets.shown(leaf, text);
        }
        return measure || PASSED_THROUGH.matcher(key).matches() ? Secrets.shown(key, text) : Secrets.HIDDEN;
    }
}

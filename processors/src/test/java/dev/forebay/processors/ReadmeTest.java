package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /** An unknown key in every section, for each format of a source: its problem lists the keys that are known. */
    private static final String ASKING =
            """
            intake:
              ask: 1
              duplicates: {ask: 1}
              quota: {ask: 1}
              language: {ask: 1}
              redaction: {models: [{type: name, ask: 1}], ask: 1}
              screen: {ask: 1}
              sources:
                - {topic: a, format: csv, columns: [x], text: x, task: triage, ask: 1}
                - {topic: b, format: request, ask: 1}
                - {topic: c, format: json, text: /x, each: /y, task-from: {at: /z, tasks: {z: triage}, ask: 1}, ask: 1}
              enrich:
                - {name: t, topic: d, format: json, by: x, attributes: {a: /a}, missing: default, default: {a: b}, ask: 1}
                - {name: q, by: x, attributes: {b: b}, missing: wait, cache: {ask: 1}, ask: 1,
                   jdbc: {url: 'jdbc:postgresql:x', query: 'select ?', ask: 1}}
                - {name: p, topic: e, format: json, by: x, missing: wait, ask: 1,
                   nearest: {vector: /v, dimensions: 3, shared: true, context: {text: /t, template: '{passages}{text}', ask: 1}, ask: 1}}
            verdict:
              ask: 1
              calibration: {triage: {points: {0.5: 0.5}, ask: 1}}
              moderation: [{name: m, action: allow, ask: 1}]
              routes: [{name: r, to: a, ask: 1}]
            digests:
              ask: 1
              aggregates: {to: counts, ask: 1}
              completions: {within: 1 d, ask: 1}
              windows: [{name: d, task: digest, window: {hopping: 10 s, every: 5 s, ask: 1}, ask: 1},
                {name: e, task: digest, window: {session: 10 s, ask: 1}}, {name: f, task: digest, window: {tumbling: 10 s, ask: 1}}]
            processors: {ask: 1}
            """;

    @Test
    void tableHasExactlyTheKeysThatAreRead() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("| `")) {
                documented.add(line.substring(3, line.indexOf('`', 3)));
            }
        }

        assertThat(documented).containsExactlyElementsOf(known());
    }

    private static Set<String> known() {
        Set<String> known = new LinkedHashSet<>();
        for (Problem problem : asked()) {
            String section =
                    withoutIndex(problem.key().substring(0, problem.key().length() - ".ask".length()));
            Arrays.stream(problem.allowed().substring("a known key: ".length()).split(", "))
                    .map(key -> section + "." + key)
                    .forEach(known::add);
        }
        known.removeAll(Set.of(
                "intake.sources",
                "intake.enrich",
                "intake.enrich[].cache",
                "intake.enrich[].jdbc",
                "intake.enrich[].nearest",
                "intake.enrich[].nearest.context",
                "intake.sources[].task-from",
                "intake.duplicates",
                "intake.quota",
                "intake.language",
                "intake.redaction",
                "intake.redaction.models",
                "intake.screen",
                "verdict.calibration",
                "verdict.moderation",
                "verdict.routes",
                "digests.windows",
                "digests.aggregates",
                "digests.completions",
                "digests.windows[].window"));
        return new TreeSet<>(known);
    }

    /** A model needs a file, which is not asked for here. */
    private static List<Problem> asked() {
        return Configs.problems(ASKING).stream()
                .filter(problem -> problem.key().endsWith(".ask"))
                .toList();
    }

    private static String withoutIndex(String path) {
        return path.replace("[0]", "[]")
                .replace("[1]", "[]")
                .replace("[2]", "[]")
                .replace("calibration.triage", "calibration.TASK");
    }
}

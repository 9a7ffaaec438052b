package dev.forebay.processors;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.config.YamlFile;
import java.util.List;
import java.util.Set;

/** Reads configurations for tests; the tasks are {@code triage} and {@code digest}. */
public final class Configs {
    private static final Set<String> TASKS = Set.of("triage", "digest");

    private Configs() {}

    /** A configuration without problems. */
    public static ProcessorsConfig read(String yaml) {
        Problems problems = new Problems();
        ProcessorsConfig config = read(yaml, problems);
        problems.check();
        return config;
    }

    /** What is wrong with a configuration. */
    public static List<Problem> problems(String yaml) {
        Problems problems = new Problems();
        read(yaml, problems);
        return problems.all();
    }

    private static ProcessorsConfig read(String yaml, Problems problems) {
        Section root = YamlFile.parse(yaml, "test.yaml", problems);
        Topics topics = Topics.read(root.section("topics"));
        return ProcessorsConfig.read(root, topics, TASKS);
    }
}

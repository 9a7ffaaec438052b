package dev.forebay.processors.verdict;

import dev.forebay.processors.verdict.Condition.Scores;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Section;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads one entry of {@code verdict.routes}. */
final class RouteSection {
    private RouteSection() {}

    static Route read(Section section, Set<String> tasks) {
        String name = section.requiredString("name", "refunds");
        if (!name.isEmpty() && !isName(name)) {
            section.problem("name", "1 to 100 of a-z A-Z 0-9 . _ -", "Choose a plain name; results carry it.");
        }
        Condition when = condition(section.section("when"), tasks);
        String topic =
                section.has("to") ? section.topicName("to", "") : section.requiredString("to", "support.refunds");
        TopicFormat format = section.choice("format", TopicFormat.class, TopicFormat.AVRO);
        section.done();
        return new Route(name, when, new Topics.Topic(topic, format));
    }

    private static Condition condition(Section when, Set<String> tasks) {
        Set<String> named = Set.copyOf(when.strings("task"));
        named.stream().sorted().forEach(task -> VerdictConfig.checkTask(when, "task", task, tasks));
        Scores scores = new Scores(
                when.has("score-at-least") ? when.number("score-at-least", 0, 0, 1) : Scores.ALL.atLeast(),
                when.has("score-below") ? when.number("score-below", 1, 0, 1) : Scores.ALL.below());
        if (scores.atLeast() >= scores.below()) {
            when.problem("score-below", "a score above score-at-least", "As it is, no score lies between them.");
        }
        Map<String, String> attributes = when.section("attributes").properties();
        Condition condition = new Condition(named, Set.copyOf(when.strings("label")), scores, attributes);
        when.done();
        return condition;
    }

    /** Notes a target that would loop, mix kinds of records, or have two formats. */
    static void checkTarget(Section section, Topics.Topic to, Topics own, List<Route> earlier) {
        boolean forbidden = Stream.of(
                        own.requests(),
                        own.work(),
                        own.workBulk(),
                        own.retries(),
                        own.outcomes(),
                        own.rejections(),
                        own.deadLetters())
                .anyMatch(topic -> topic.name().equals(to.name()));
        if (forbidden) {
            section.problem(
                    "to",
                    "a topic for results",
                    "Forebay keeps other records in that one; name one of your own, or "
                            + own.results().name() + ".");
        }
        boolean differs = Stream.concat(
                        Stream.of(own.results(), own.review()), earlier.stream().map(Route::to))
                .anyMatch(topic -> topic.name().equals(to.name()) && topic.format() != to.format());
        if (differs) {
            section.problem(
                    "format", "one format per topic", "The same topic has another format elsewhere; make them equal.");
        }
    }

    private static boolean isName(String name) {
        return name.length() <= 100
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '_'
                                || c == '-');
    }
}

package dev.forebay.processors.verdict;

import dev.forebay.processors.policy.PlainName;
import dev.forebay.processors.rule.Expression;
import dev.forebay.processors.rule.Expressions;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one entry of {@code verdict.routes}. */
final class RouteSection {
    /** How a route writes its records. */
    enum RouteFormat {
        AVRO,
        JSON,
        CLOUDEVENTS
    }

    private RouteSection() {}

    static Route read(Section section, Expressions expressions) {
        String name = PlainName.read(section, "refunds", "results");
        Optional<Expression> when = expressions.condition(section, "when");
        String topic =
                section.has("to") ? section.topicName("to", "") : section.requiredString("to", "support.refunds");
        RouteFormat format = section.choice("format", RouteFormat.class, RouteFormat.AVRO);
        Map<String, Expression> headers = new LinkedHashMap<>();
        Section headerSection = section.section("headers");
        for (String header : headerSection.keys()) {
            expressions.text(headerSection, header).ifPresent(text -> headers.put(header, text));
        }
        Map<String, Expression> fields = new LinkedHashMap<>();
        Section fieldSection = section.section("fields");
        for (String field : fieldSection.keys()) {
            expressions.any(fieldSection, field).ifPresent(value -> fields.put(field, value));
        }
        if (format == RouteFormat.AVRO && !fieldSection.keys().isEmpty()) {
            section.problem(
                    "fields",
                    "a route with format: json or cloudevents",
                    "Add format: json, or leave the fields out for the whole result in Avro.");
        }
        Optional<Expression> key = expressions.text(section, "key");
        section.done();
        return new Route(
                name,
                when,
                new Topics.Topic(topic, format == RouteFormat.AVRO ? TopicFormat.AVRO : TopicFormat.JSON),
                new Shape(key, headers, fields, format == RouteFormat.CLOUDEVENTS));
    }

    /** Notes a target that would loop, mix kinds of records, or have two formats. */
    static void checkTarget(Section section, Topics.Topic to, Topics own, List<Route> earlier) {
        boolean forbidden = Stream.of(
                        own.requests(),
                        own.work(),
                        own.workBulk(),
                        own.retries(),
                        own.outcomes(),
                        own.reviewDecisions(),
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
}

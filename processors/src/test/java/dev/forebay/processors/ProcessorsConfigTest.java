package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.forebay.schemas.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessorsConfigTest {
    private static final String EACH =
            "intake: {sources: [{topic: a, format: json, each: /l, text: /t, task: triage}]}\n";

    private static final String HANDLER =
            "Remove it: Forebay never skips a record, so no handler may go on after an error.";
    private static final String EXACTLY_ONCE = "Remove it: Forebay writes each record exactly once, which rests on it.";

    @Test
    void nothingHasToBeConfigured() {
        ProcessorsConfig config = Configs.read("kafka: {bootstrap.servers: 'localhost:9092'}");

        assertThat(config.intakeApplicationId()).isEqualTo("forebay-intake");
        assertThat(config.verdictApplicationId()).isEqualTo("forebay-verdict");
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.intake().maxChars()).isEqualTo(100_000);
        assertThat(config.intake().maxRecordBytes()).isEqualTo(2 << 20);
        assertThat(config.intake().sourceTopics()).isEmpty();
        assertThat(config.verdict().routeTopics()).isEmpty();
        assertThat(config.digests().isEmpty()).isTrue();
        assertThat(config.digestApplicationId()).isEqualTo("forebay-digest");
    }

    @Test
    void duplicatesAreWelcomeUnlessAWindowIsSet() {
        assertThat(Configs.read("intake: {duplicates: {}}").intake().duplicateWindow())
                .isNull();
        assertThat(Configs.read("intake: {duplicates: {window: 10 min}}")
                        .intake()
                        .duplicateWindow())
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(Configs.problems("intake: {duplicates: {window: 8 d}}"))
                .extracting(Problem::key)
                .containsExactly("intake.duplicates.window");
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                source("{format: text, task: triage}", "topic", "", "Add it, for example topic: support.messages."),
                source("{topic: a b, format: text, task: triage}", "topic", "a b", "Use a legal Kafka topic name."),
                source("{topic: a, task: triage}", "format", "", "Add it, for example format: json."),
                source("{topic: a, format: jsn, task: x, text: y}", "format", "jsn", "Did you mean json?"),
                source("{topic: a, format: text}", "task", "", "Add it, for example task: digest."),
                source("{topic: a, format: text, task: triaeg}", "task", "triaeg", "Did you mean triage?"),
                source(
                        "{topic: a, format: text, task: zzzzzz}",
                        "task",
                        "zzzzzz",
                        "Choose one of them, or add it there."),
                source(
                        "{topic: a, format: text, task: triage, text: x}",
                        "text",
                        "x",
                        "Remove it or choose from the list."),
                source(
                        "{topic: a, format: request, task: triage}",
                        "task",
                        "triage",
                        "Remove it or choose from the list."),
                source(
                        "{topic: a, format: json, task: triage}",
                        "text",
                        "",
                        "Add it, for example text: /message/body."),
                source(
                        "{topic: a, format: json, task: triage, text: message.body}",
                        "text",
                        "message.body",
                        "Start with a slash: /message/body."),
                source("{topic: a, format: json, task: triage, text: /a, id: b}", "id", "b", "Start with a slash: /b."),
                source(
                        "{topic: a, format: json, task: triage, text: /a, attributes: {c: d}}",
                        "attributes.c",
                        "d",
                        "Start with a slash: /d."),
                source("{topic: a, format: avro, task: triage}", "text", "", "Add it, for example text: message.body."),
                source(
                        "{topic: a, format: avro, task: triage, text: a..b}",
                        "text",
                        "a..b",
                        "Write it such as message.body."),
                source(
                        "{topic: a, format: csv, task: triage, text: t}",
                        "columns",
                        "",
                        "Add them, for example columns: [text, category]."),
                source(
                        "{topic: a, format: csv, task: triage, columns: [id, text]}",
                        "text",
                        "",
                        "Add it, for example text: id."),
                source(
                        "{topic: a, format: csv, task: triage, text: txt, columns: [id, text]}",
                        "text",
                        "txt",
                        "Did you mean text?"),
                source(
                        "{topic: a, format: csv, task: triage, text: x, columns: [x, x]}",
                        "columns",
                        "(a section)",
                        "Rename the column x that is there twice."),
                mapped("", "text", "", "Add it, for example text: /message/body."),
                mapped("template: ''", "template", "", "Add it, for example template: \"{/message/body}\"."),
                mapped("text: /a, template: '{/a}'", "template", "{/a}", "Remove one of them."),
                mapped(
                        "template: 'no place'",
                        "template",
                        "no place",
                        "Put a place into it, for example {/message/body}."),
                mapped(
                        "template: 'a {/b'",
                        "template",
                        "a {/b",
                        "Close the brace that opens at character 3, or write {{ for a brace."),
                mapped(
                        "template: '{/a} b}'",
                        "template",
                        "{/a} b}",
                        "Open the brace that closes at character 7, or write }} for a brace."),
                mapped("template: '{/a} {b.c}'", "template", "{/a} {b.c}", "At character 6: Start with a slash: /b/c."),
                mapped("text: /a~b", "text", "/a~b", "Write ~0 for a tilde in a name."),
                source(
                        "{topic: a, format: csv, task: triage, template: '{txt?}', columns: [id, text]}",
                        "template",
                        "{txt?}",
                        "At character 1: Did you mean text?"),
                source(
                        "{topic: a, format: avro, task: triage, template: '{a..b}'}",
                        "template",
                        "{a..b}",
                        "At character 1: Write it such as message.body."),
                source(
                        "{topic: a, format: text, task: [triage, digst]}",
                        "task",
                        "(a section)",
                        "Did you mean digest?"),
                source(
                        "{topic: a, format: text, task: [triage, triage]}",
                        "task",
                        "(a section)",
                        "Remove the second triage."),
                source(
                        "{topic: a, format: text, task: []}",
                        "task",
                        "(a section)",
                        "Name one at least, for example task: digest."),
                mapped(
                        "text: /a, each-limit: 5",
                        "each-limit",
                        "5",
                        "Add each, the place of an array, or remove this."),
                mapped(
                        "text: /a, of-event: {b: /b}",
                        "of-event",
                        "(a section)",
                        "Add each, the place of an array, or remove this."),
                mapped("text: /a, each: b, each-limit: 5", "each", "b", "Start with a slash: /b."),
                mapped("text: /a, each: /b, each-limit: 0", "each-limit", "0", "The default is 1000."),
                mapped(
                        "text: /a, each: /b, attributes: {part: /c}",
                        "attributes.part",
                        "/c",
                        "Rename it: Forebay sets these itself."),
                mapped(
                        "text: /a, cloudevents: true, attributes: {ce_type: /c}",
                        "attributes.ce_type",
                        "/c",
                        "Rename it: Forebay sets these itself."),
                mapped("text: /a, cloudevents: binary", "cloudevents", "binary", "Write cloudevents: false."),
                mapped("text: /a, tenant-from: b", "tenant-from", "b", "Start with a slash: /b."),
                mapped(
                        "text: /a, task-from: {at: /k, tasks: {a: triage}}",
                        "task-from",
                        "(a section)",
                        "Remove one of them."),
                chosen("{at: k, tasks: {a: triage}}", ".at", "k", "Start with a slash: /k."),
                chosen("{tasks: {a: triage}}", ".at", "", "Add it, for example at: /message/body."),
                chosen("{at: /k}", ".tasks", "", "Add them, for example tasks: {complaint: digest}."),
                chosen("{at: /k, tasks: {7: triaeg}}", ".tasks.7", "triaeg", "Did you mean triage?"),
                chosen(
                        "{at: /k, tasks: {a: triage}, otherwise: x}",
                        ".otherwise",
                        "x",
                        "Choose one of them, or add it there."),
                chosen(
                        "{at: /k, tasks: {a: triage}, else: digest}",
                        ".else",
                        "digest",
                        "Remove it or choose from the list."),
                source("{topic: a, format: text, task: triage, lane: blk}", "lane", "blk", "Did you mean bulk?"),
                source(
                        "{topic: a, format: text, task: triage, tenant: ' '}",
                        "tenant",
                        " ",
                        "Name the tenant, or leave the key out."),
                source(
                        "{topic: a, format: text, task: triage, expires-after: 0 s}",
                        "expires-after",
                        "0 s",
                        "Leave it out for requests that do not expire."),
                source(
                        "{topic: a, format: text, task: triage, expires-after: 5}",
                        "expires-after",
                        "5",
                        "Write for example expires-after: 30 s."),
                source(
                        "{topic: forebay.work, format: text, task: triage}",
                        "topic",
                        "forebay.work",
                        "Forebay reads and writes that one itself; name the topic of your events."),
                arguments(
                        "intake: {sources: [{topic: a, format: text, task: triage}, {topic: a, format: text, task: digest}]}",
                        "intake.sources[1].topic",
                        "a",
                        "Another source reads this topic; remove one of them."),
                arguments("intake: {max-chars: 0}", "intake.max-chars", "0", "The default is 100000."),
                arguments("intake: {max-char: 9}", "intake.max-char", "9", "Did you mean max-chars?"),
                arguments("verdict: {abstain-below: 2}", "verdict.abstain-below", "2", "The default is 0."),
                arguments("verdict: {abstain: {triaeg: 0.5}}", "verdict.abstain.triaeg", "0.5", "Did you mean triage?"),
                arguments(
                        "verdict: {calibration: {triaeg: {points: {0.1: 0.2}}}}",
                        "verdict.calibration.triaeg",
                        "(a section)",
                        "Did you mean triage?"),
                calibration("{}", "points", "", "Take those that 'forebay calibrate' writes."),
                calibration("{points: {}}", "points", "(a section)", "Take those that 'forebay calibrate' writes."),
                calibration("{points: {1.5: 0.2}}", "points.1.5", "0.2", "Write score: probability, as 0.7: 0.85."),
                calibration("{points: {a: 0.2}}", "points.a", "0.2", "Write score: probability, as 0.7: 0.85."),
                calibration("{points: {0.5: 2}}", "points.0.5", "2", "The default is 0."),
                calibration(
                        "{points: {0.5: 0.4, 0.6: 0.3}}",
                        "points.0.6",
                        "0.3",
                        "Put the points in the order of their scores; 'forebay calibrate' writes them so."),
                calibration(
                        "{points: {0.5: 0.4, 0.4: 0.5}}",
                        "points.0.4",
                        "0.5",
                        "Put the points in the order of their scores; 'forebay calibrate' writes them so."),
                calibration("{points: {0.5: 0.4}, modle: x}", "modle", "x", "Did you mean model?"),
                route("{to: a}", "name", "", "Add it, for example name: refunds."),
                route("{name: r/1, to: a}", "name", "r/1", "Choose a plain name; results carry it."),
                route("{name: r}", "to", "", "Add it, for example to: support.refunds."),
                route("{name: r, to: a, format: csv}", "format", "csv", "Remove it or choose from the list."),
                route(
                        "{name: r, to: a, when: \"task in ['triage', 'x']\"}",
                        "when",
                        "task in ['triage', 'x']",
                        "There is no task x. There are: digest, triage."),
                route(
                        "{name: r, to: a, when: lable == 'x'}",
                        "when",
                        "lable == 'x'",
                        "Column 1: undeclared reference to 'lable' (in container ''). Did you mean label?"),
                route(
                        "{name: r, to: a, when: score + 1.0}",
                        "when",
                        "score + 1.0",
                        "Column 7: expected type 'bool' but found 'double'."),
                route(
                        "{name: r, to: a, when: \"label.matches('(')\"}",
                        "when",
                        "label.matches('(')",
                        "RE2 refuses the pattern: error parsing regexp: missing closing ): `(`."),
                route("{name: r, to: a, when: ' '}", "when", " ", "Write an expression, or remove the key."),
                route(
                        "{name: r, to: a, when: {label: refund}}",
                        "when",
                        "(a section)",
                        "Write it on one line: when: value."),
                route(
                        "{name: r, to: a, fields: {ticket: attributes.id}}",
                        "fields",
                        "(a section)",
                        "Add format: json, or leave the fields out for the whole result in Avro."),
                route(
                        "{name: r, to: a, format: json, headers: {x: score}}",
                        "headers.x",
                        "score",
                        "Column 1: expected type 'string' but found 'double'."),
                arguments(
                        "verdict: {moderation: [{name: m, when: 'true'}]}",
                        "verdict.moderation[0].action",
                        "",
                        "Add it, for example action: review."),
                arguments(
                        "verdict: {moderation: [{name: m, action: hide}]}",
                        "verdict.moderation[0].action",
                        "hide",
                        "Remove it or choose from the list."),
                route(
                        "{name: r, to: forebay.outcomes}",
                        "to",
                        "forebay.outcomes",
                        "Forebay keeps other records in that one; name one of your own, or forebay.results."),
                route(
                        "{name: r, to: forebay.results, format: json}",
                        "format",
                        "json",
                        "The same topic has another format elsewhere; make them equal."),
                arguments(
                        "verdict: {routes: [{name: r, to: a}, {name: r, to: b}]}",
                        "verdict.routes[1].name",
                        "r",
                        "Another route has this name; rename one of them."),
                arguments(
                        "verdict: {routes: [{name: r, to: a}, {name: s, to: a, format: json}]}",
                        "verdict.routes[1].format",
                        "json",
                        "The same topic has another format elsewhere; make them equal."),
                arguments(
                        "digests: {windows: [{task: digest, window: {tumbling: 1 min}}]}",
                        "digests.windows[0].name",
                        "",
                        "Add it, for example name: complaints."),
                arguments(
                        "digests: {windows: [{name: d/1, task: digest, window: {tumbling: 1 min}}]}",
                        "digests.windows[0].name",
                        "d/1",
                        "Choose a plain name; digests carry it."),
                arguments(
                        "digests: {windows: [{name: d, task: digst, window: {tumbling: 1 min}}]}",
                        "digests.windows[0].task",
                        "digst",
                        "Did you mean digest?"),
                arguments(
                        "digests: {windows: [{name: d, window: {tumbling: 1 min}}]}",
                        "digests.windows[0].task",
                        "",
                        "Add it, for example task: digest."),
                arguments(
                        "digests: {windows: [{name: d, task: digest, window: {tumbling: 1 s}}, {name: d, task: digest,"
                                + " window: {tumbling: 1 s}}]}",
                        "digests.windows[1].name",
                        "d",
                        "Another digest has this name; rename one of them."),
                digest(
                        "grace: 1 s",
                        "window",
                        "",
                        "Write for example window: {tumbling: 10 min}, {hopping: 10 min, every: 5 min} or"
                                + " {session: 5 min}."),
                digest(
                        "window: {tumbling: 10 min, session: 5 min}",
                        "window",
                        "(a section)",
                        "Write for example window: {tumbling: 10 min}, {hopping: 10 min, every: 5 min} or"
                                + " {session: 5 min}."),
                digest(
                        "window: {tumbling: 500 ms}",
                        "window.tumbling",
                        "500 ms",
                        "Write for example tumbling: 10 min."),
                digest("window: {hopping: 10 min}", "window.every", "", "Add it, for example every: 5 min."),
                digest(
                        "window: {hopping: 10 min, every: 11 min}",
                        "window.every",
                        "11 min",
                        "Write for example every: 10 min."),
                digest(
                        "window: {hopping: 10 min, every: 1 s}",
                        "window.every",
                        "1 s",
                        "Make it longer: each text is kept once for each of the windows that overlap."),
                digest(
                        "window: {session: 5 min, longest: 1 min}",
                        "window.longest",
                        "1 min",
                        "Write for example longest: 1 h."),
                digest(
                        "window: {tumbling: 1 min, ever: 5 s}",
                        "window.ever",
                        "5 s",
                        "Remove it or choose from the list."),
                digest("window: {tumbling: 1 min}, grace: 2 d", "grace", "2 d", "Write for example grace: 1 min."),
                digest("window: {tumbling: 1 min}, late: droop", "late", "droop", "Did you mean drop?"),
                digest(
                        "window: {tumbling: 1 min}, group-by: country",
                        "group-by",
                        "country",
                        "Write for example group-by: attributes.country, or leave it out for one group per tenant."),
                digest(
                        "window: {tumbling: 1 min}, when: label == 'x'",
                        "when",
                        "label == 'x'",
                        "Column 1: undeclared reference to 'label' (in container ''). Did you mean lane?"),
                digest(
                        "window: {tumbling: 1 min}, when: task == 'triaeg'",
                        "when",
                        "task == 'triaeg'",
                        "There is no task triaeg. Did you mean triage?"),
                digest("window: {tumbling: 1 min}, max-texts: 0", "max-texts", "0", "The default is 200."),
                digest("window: {tumbling: 1 min}, max-chars: 500000", "max-chars", "500000", "The default is 20000."),
                digest(
                        "window: {tumbling: 1 min}, max-chars: 500, text-chars: 501",
                        "text-chars",
                        "501",
                        "The default is 500."),
                arguments(
                        "topics: {digest-events: forebay.work}",
                        "topics.digest-events",
                        "forebay.work",
                        "Name another one: nothing else may be read from it."),
                arguments(
                        "topics: {count-events: forebay.replays}",
                        "topics.count-events",
                        "forebay.replays",
                        "Name another one: nothing else may be read from it."),
                arguments(
                        "digests: {aggregates: {every: 1 min}}",
                        "digests.aggregates.to",
                        "",
                        "Add it, for example to: support.counts."),
                arguments(
                        "digests: {aggregates: {to: a}}\nverdict: {routes: [{name: r, to: a}]}",
                        "digests.aggregates.to",
                        "a",
                        "Forebay keeps other records in that one; name another."),
                arguments(
                        "digests: {aggregates: {to: a, every: 2 d}}",
                        "digests.aggregates.every",
                        "2 d",
                        "Write for example every: 1 min."),
                arguments(
                        EACH + "digests: {completions: {corrected: 1 d}}",
                        "digests.completions.within",
                        "",
                        "Add it, for example within: 1 d."),
                arguments(
                        EACH + "digests: {completions: {within: 32 d}}",
                        "digests.completions.within",
                        "32 d",
                        "Write for example within: 1 d."),
                arguments(
                        EACH + "digests: {completions: {within: 1 d, corrected: 0 s}}",
                        "digests.completions.corrected",
                        "0 s",
                        "Write for example corrected: 7 d."),
                arguments(
                        "digests: {completions: {within: 1 d}}",
                        "digests.completions",
                        "(a section)",
                        "Give a source of intake.sources the key each, or remove this."),
                arguments(
                        EACH + "topics: {part-events: forebay.work}",
                        "topics.part-events",
                        "forebay.work",
                        "Name another one: nothing else may be read from it."),
                arguments(
                        EACH + "topics: {completions: forebay.results}",
                        "topics.completions",
                        "forebay.results",
                        "Name another one: nothing else may be read from it."),
                arguments(
                        "processors: {digest-application-id: forebay-intake}",
                        "processors.digest-application-id",
                        "forebay-intake",
                        "Two topologies with one id would take each other's partitions."),
                mapped(
                        "text: /a, attributes: {digest: /c}",
                        "attributes.digest",
                        "/c",
                        "Rename it: Forebay sets these itself."),
                arguments(
                        "topics: {outcomes: x, results: x}",
                        "topics.results",
                        "x",
                        "Name two topics; a topology that reads what it writes never ends."),
                arguments(
                        "topics: {outcomes: x, review: x}",
                        "topics.review",
                        "x",
                        "Name two topics; a topology that reads what it writes never ends."),
                arguments(
                        "topics: {requests: x, work: x}",
                        "topics.work",
                        "x",
                        "Name two topics; a topology that reads what it writes never ends."),
                arguments(
                        "topics: {requests: x, work-bulk: x}",
                        "topics.work-bulk",
                        "x",
                        "Name two topics; a topology that reads what it writes never ends."),
                arguments("processors: {threads: 0}", "processors.threads", "0", "The default is 1."),
                arguments(
                        "processors: {intake-application-id: forebay-verdict}",
                        "processors.verdict-application-id",
                        "",
                        "Two topologies with one id would take each other's partitions."),
                arguments(
                        "kafka: {streams: {processing.exception.handler: a.B}}",
                        "kafka.streams.processing.exception.handler",
                        "a.B",
                        "Remove it: Forebay never skips a record, so no handler may go on after an error."),
                fixed("processing.exception.handler.global.enabled", "false", HANDLER),
                fixed("deserialization.exception.handler", "a.B", HANDLER),
                fixed("default.production.exception.handler", "a.B", HANDLER),
                fixed("processing.guarantee", "at_least_once", EXACTLY_ONCE),
                fixed("consumer.isolation.level", "read_uncommitted", EXACTLY_ONCE),
                fixed("main.consumer.enable.auto.commit", "true", EXACTLY_ONCE),
                fixed("producer.transactional.id", "x", EXACTLY_ONCE),
                fixed(
                        "errors.dead.letter.queue.topic.name",
                        "dlq",
                        "Remove it: Forebay writes its dead letters to topics.dead-letters, each in the transaction of"
                                + " its record."),
                fixed(
                        "default.client.supplier",
                        "a.B",
                        "Remove it: Forebay's delivery rests on what Streams itself does there."),
                arguments(
                        "kafka: {streams: {processing: {guarantee: at_least_once}}}",
                        "kafka.streams.processing.guarantee",
                        "at_least_once",
                        EXACTLY_ONCE),
                arguments(
                        "kafka: {processing.guarantee: at_least_once}",
                        "kafka.processing.guarantee",
                        "at_least_once",
                        EXACTLY_ONCE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void everyProblemNamesItsKeyItsValueAndTheFix(String yaml, String key, String value, String fix) {
        List<Problem> found = Configs.problems(yaml);

        assertThat(found)
                .extracting(Problem::key, Problem::value, Problem::fix)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(key, value, fix));
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        List<Problem> found = Configs.problems(
                """
                intake: {max-chars: none, sources: [{topic: a, format: json, task: x}]}
                verdict: {routes: [{}]}
                processors: {threads: many}
                """);

        assertThat(found)
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "intake.max-chars",
                        "intake.sources[0].task",
                        "intake.sources[0].text",
                        "verdict.routes[0].name",
                        "verdict.routes[0].to",
                        "processors.threads");
    }

    private static Arguments fixed(String key, String value, String fix) {
        return arguments("kafka: {streams: {" + key + ": " + value + "}}", "kafka.streams." + key, value, fix);
    }

    private static Arguments mapped(String keys, String key, String value, String fix) {
        return source("{topic: a, format: json, task: triage, " + keys + "}", key, value, fix);
    }

    private static Arguments chosen(String from, String key, String value, String fix) {
        return source("{topic: a, format: json, text: /a, task-from: " + from + "}", "task-from" + key, value, fix);
    }

    private static Arguments source(String yaml, String key, String value, String fix) {
        return arguments("intake: {sources: [" + yaml + "]}", "intake.sources[0]." + key, value, fix);
    }

    private static Arguments digest(String keys, String key, String value, String fix) {
        return arguments(
                "digests: {windows: [{name: d, task: digest, " + keys + "}]}", "digests.windows[0]." + key, value, fix);
    }

    private static Arguments calibration(String entry, String key, String value, String fix) {
        return arguments(
                "verdict: {calibration: {triage: " + entry + "}}", "verdict.calibration.triage." + key, value, fix);
    }

    private static Arguments route(String yaml, String key, String value, String fix) {
        return arguments("verdict: {routes: [" + yaml + "]}", "verdict.routes[0]." + key, value, fix);
    }
}

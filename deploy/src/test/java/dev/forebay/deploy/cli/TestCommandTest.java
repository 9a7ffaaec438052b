package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestCommandTest {
    private static final Path EXAMPLE = Path.of("..", "processors", "examples", "support");

    @TempDir
    private Path directory;

    /** The file is what a reader of the example's page sees; where a change is meant, replace its content. */
    @Test
    void exampleSaysWhatEachStepDid() throws IOException {
        CapturedConsole run = CapturedConsole.run(
                "test",
                EXAMPLE.resolve("forebay.yaml").toString(),
                "--events",
                EXAMPLE.resolve("events.jsonl").toString(),
                "--reference",
                "crm.customers=" + EXAMPLE.resolve("customers.jsonl"));

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(Files.readString(EXAMPLE.resolve("expected.txt")));
    }

    @Test
    void windowIsKeptOverTheEventsAndTimeIsThatOfTheEvent() throws IOException {
        Path config = write(
                "c.yaml",
                """
                tasks: {embed: {task: embed}}
                intake:
                  duplicates: {window: 1 min}
                  sources: [{topic: notes, format: json, task: embed, id: /id, text: /text}]
                """);
        String event =
                """
                {"value": {"id": "n-1", "text": "hello"}, "timestamp": "2026-11-24T12:00:%sZ", "outcome": {"vector": [1, 0]}}
                """;
        Path events = write("e.jsonl", event.formatted("00") + event.formatted("30"));

        CapturedConsole run = CapturedConsole.run("test", config.toString(), "--events", events.toString(), "--json");

        assertThat(run.out()).doesNotContain("changelog");
        assertThat(run.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"topic\":\"forebay.results\""),
                        second -> assertThat(second)
                                .contains("\"topic\":\"forebay.rejections\"", "duplicate", "1795521630000"));
    }

    @Test
    void passagesAreFoundAndThoseWithoutRoomAreNamed() throws IOException {
        Path config = write(
                "c.yaml",
                """
                tasks: {reply: {task: summarize}}
                intake:
                  max-chars: 30
                  sources: [{topic: asked, format: json, task: reply, text: /text, attributes: {vector: /vector}}]
                  enrich:
                    - name: handbook
                      topic: kb
                      format: json
                      by: vector
                      nearest: {vector: /v, dimensions: 2, shared: true,
                        context: {text: /text, template: "{passages} {text}"}}
                      missing: reject
                """);
        Path passages = write(
                "p.jsonl",
                """
                {"key": "h-1", "value": {"v": [1, 0], "text": "One. Two."}}
                {"key": "h-2", "value": {"v": [1, 1], "text": "Far too long for it."}}
                {"key": "h-3", "value": {"v": [1]}}
                """);
        Path events = write(
                "e.jsonl",
                """
                {"value": {"text": "Where?", "vector": [4, 0]}, "outcome": {"text": "One."}}
                {"value": {"text": "Where?", "vector": [4, 0, 0]}}
                """);

        CapturedConsole run = CapturedConsole.run(
                "test", config.toString(), "--events", events.toString(), "--reference", "kb=" + passages);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "handbook: h-1 (1.0000); left out, as the text has no room: h-2 (0.7071)",
                        "[1] One. Two. Where?",
                        "invalid_request: Enrichment handbook: the attribute 'vector' has 3 numbers, where dimensions says 2.");
    }

    @Test
    void lineThatIsNoEventIsNamedWithWhatItShouldBe() throws IOException {
        Path config = write(
                "c.yaml",
                "{tasks: {embed: {task: embed}}, intake: {sources: [{topic: a, format: text, task: embed},"
                        + " {topic: b, format: text, task: embed}]}}");

        assertUsage(config, "{\"value\": \"x\"}", "Line 1 names no topic; the sources of this configuration are a, b,");
        assertUsage(config, "\n{\"topic\": \"c\", \"value\": \"x\"}", "Line 2 names the topic c;");
        assertUsage(config, "{\"text\": \"x\"}", "Line 1 has the key text;", "--topic a");
        assertUsage(config, "hello", "Line 1 is no JSON object");
        assertUsage(config, "{\"topic\": \"a\", \"value\": \"x\", \"outcome\": {}}", "without a label, text or vector");
        assertUsage(
                config, "{\"topic\": \"a\", \"value\": \"x\", \"timestamp\": \"noon\"}", "neither milliseconds nor");
        assertUsage(config, "", "There is no event in ");
        CapturedConsole absent = CapturedConsole.run("test", config.toString(), "--events", "absent.jsonl");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("There is no file absent.jsonl.");
    }

    @Test
    void linesMayBeValuesOfOneTopic() throws IOException {
        Path config = write(
                "c.yaml",
                "{tasks: {embed: {task: embed}}, intake: {max-chars: 3, sources: [{topic: a, format: text, task: embed}]}}");
        Path events = write("e.txt", "\nfour\n");

        CapturedConsole run =
                CapturedConsole.run("test", config.toString(), "--events", events.toString(), "--topic", "a");
        CapturedConsole other =
                CapturedConsole.run("test", config.toString(), "--events", events.toString(), "--topic", "x");

        assertThat(run.out()).startsWith("line 2  a").contains("text_too_long");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("--topic x is no source of this configuration; there are: a,");
    }

    @Test
    void referenceDataAreGivenAndWhatIsNotWouldBeWaitedFor() throws IOException {
        Path config = write(
                "c.yaml",
                """
                tasks: {embed: {task: embed}}
                intake:
                  sources: [{topic: notes, format: json, task: embed, text: /text, attributes: {customer: /customer}}]
                  enrich:
                    - {name: customer, topic: crm, format: json, by: customer, attributes: {plan: /plan}, missing: wait}
                """);
        Path events = write(
                "e.jsonl",
                """
                {"value": {"text": "hello", "customer": "c-7"}, "outcome": {"vector": [1, 0]}}
                {"value": {"text": "hello", "customer": "c-8"}, "outcome": {"vector": [1, 0]}}
                """);
        Path records = write(
                "r.jsonl",
                """
                {"key": "c-7", "value": {"plan": "basic"}}
                {"key": "c-7", "value_base64": "eyJwbGFuIjogImdvbGQifQ=="}
                {"key": "c-8", "value": {"plan": "gold"}}
                {"key": "c-8", "value": null}
                """);

        CapturedConsole run = test(config, events, "crm=" + records);
        assertThat(run.out()).contains("enrich      customer: plan=gold");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "Line 2 would wait for reference data: Enrichment customer: there is no record",
                        "for notes-0-1. Records of a topic are given with --reference TOPIC=FILE.");

        assertThat(test(config, events, "crn=" + records).err())
                .contains("--reference crn is no reference topic of this configuration; there are: crm.");
        assertThat(test(config, events, "crm=absent.jsonl").err()).contains("There is no file absent.jsonl.");
        Path wrong = write("w.jsonl", "\n{\"value\": {}}");
        assertThat(test(config, events, "crm=" + wrong).err()).contains("--reference crm: Line 2 has no key,");
        Path unknown = write("u.jsonl", "{\"key\": \"c\", \"headers\": {}}");
        assertThat(test(config, events, "crm=" + unknown).err())
                .contains("Line 1 has the key headers; known are key, value, value_base64.");
    }

    private static CapturedConsole test(Path config, Path events, String reference) {
        return CapturedConsole.run("test", config.toString(), "--events", events.toString(), "--reference", reference);
    }

    private void assertUsage(Path config, String lines, String... said) throws IOException {
        Path events = write("e.jsonl", lines);
        CapturedConsole run = CapturedConsole.run("test", config.toString(), "--events", events.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(said);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}

package dev.forebay.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.HeaderEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real broker and registry; every test has topics of its own. */
final class DlqCommandTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static EmbeddedCluster cluster;

    @TempDir
    private Path directory;

    private DeadLetterTopics topics;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void createTopics() {
        topics = DeadLetterTopics.create(cluster, "t" + NUMBER.incrementAndGet(), directory);
    }

    @Test
    void listShowsTheLettersThatMatchTheNewestAtTheBottom() {
        topics.write(
                letter(1).setCode("invalid_utf8").setFailedAt(NOON.plusSeconds(60)),
                letter(2).setRequestId("r-2").setFailedAt(NOON),
                letter(3).setTopic("elsewhere").setFailedAt(NOON.plusSeconds(120)));

        assertThat(list()).containsExactly("0-1", "0-0", "0-2");
        assertThat(list("--code", "invalid_utf8")).containsExactly("0-0");
        assertThat(list("--topic", "elsewhere," + topics.events())).containsExactly("0-1", "0-0", "0-2");
        assertThat(list("--topic", "elsewhere")).containsExactly("0-2");
        assertThat(list("--id", "r-2")).containsExactly("0-1");
        assertThat(list("--letter", "0-0,0-2", "--until", "2026-01-31T12:02:00Z"))
                .containsExactly("0-0");
        assertThat(list("--since", "2026-01-31T12:01:00Z")).containsExactly("0-0", "0-2");
        assertThat(list("--until", "2026-01-31")).isEmpty();
        assertThat(list("--since", "1h")).isEmpty();
        CapturedConsole newest = run("list", "--limit", "1");
        assertThat(newest.out()).contains("0-2", "elsewhere-0@3").doesNotContain("0-1 ");
        assertThat(newest.err()).contains("The newest 1 of 3 dead letters");
    }

    @Test
    void whatIsNoDeadLetterIsSaidAndSpoilsNothing() {
        topics.send(new ProducerRecord<>(topics.deadLetters(), bytes("no letter")));
        topics.write(letter(1));

        CapturedConsole run = run("list");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("0-1");
        assertThat(run.err()).contains("1 of the records", "are no dead letters, the first 0-0: ");
    }

    @Test
    void showWritesJsonIndentedAndEscapesWhatATerminalWouldObey() {
        topics.write(letter(1)
                .setMessage("bad \u001b[2J\u202e")
                .setValue(ByteBuffer.wrap(bytes("{\"text\":\"a\u202ered\"}")))
                .setKey(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0}))
                .setTraceId("4bf92f3577b34da6a3ce929d0e0e4736"));

        CapturedConsole run = run("show", "0-0");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "bad \\u001b[2J\\u202e",
                        "key:       0xff00",
                        "trace:     4bf92f3577b34da6a3ce929d0e0e4736",
                        "replayed:  no",
                        "bytes, JSON")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void showWritesAvroAsJsonAndOtherBytesInHex() {
        byte[] many = new byte[5000];
        many[0] = (byte) 0xfe;
        topics.write(
                letter(1).setValue(ByteBuffer.wrap(topics.encoded(letter(7).build()))),
                letter(2).setValue(ByteBuffer.wrap(many)),
                letter(3).setValue(null).setValueSize(9_000_000L).setValueSha256("ab".repeat(32)));

        assertThat(run("show", "0-0").out()).contains("Avro, written here as JSON", "\"offset\" : 7");
        assertThat(run("show", "0-1").out())
                .contains("5000 bytes, the first 4096 in hex", "000000  fe0000")
                .doesNotContain("001000  ");
        assertThat(run("show", "0-2").out()).contains("9000000 bytes did not fit", "abababab");
        CapturedConsole absent = run("show", "0-3");
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("There is no letter 0-3 in " + topics.deadLetters());
    }

    @Test
    void exportedLinesHoldEveryByte() throws IOException {
        byte[] value = {0, (byte) 0xff, 10, 13};
        topics.write(letter(1), letter(2).setValue(ByteBuffer.wrap(value)));
        Path file = directory.resolve("out.jsonl");

        CapturedConsole run = run("export", "--output", file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("wrote 2 dead letters to " + file);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        JsonNode second = new JsonMapper().readTree(lines.get(1));
        assertThat(second.get("letter").asText()).isEqualTo("0-1");
        assertThat(second.get("offset").asLong()).isEqualTo(2);
        assertThat(Base64.getDecoder().decode(second.get("value").asText())).isEqualTo(value);
    }

    @Test
    void replaySendsTheOriginalToWhereItStood() {
        topics.write(letter(5)
                .setPartition(1)
                .setKey(ByteBuffer.wrap(bytes("k")))
                .setValue(ByteBuffer.wrap(new byte[] {0, (byte) 0xff}))
                .setHeaders(List.of(
                        header("a", "1"),
                        new HeaderEntry("null", null),
                        header("a", "2"),
                        header("forebay-attempts", "1")))
                .setAttempts(2)
                .setRequestId("r-5"));

        CapturedConsole run = run("replay");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("replayed 1 letter to " + topics.events());
        ConsumerRecord<byte[], byte[]> record = topics.only(topics.events());
        assertThat(record.partition()).isEqualTo(1);
        assertThat(record.key()).isEqualTo(bytes("k"));
        assertThat(record.value()).isEqualTo(new byte[] {0, (byte) 0xff});
        assertThat(DeadLetterTopics.headers(record))
                .containsExactly(
                        "a=1",
                        "null=null",
                        "a=2",
                        "forebay-attempts=2",
                        "forebay-dlq-origin=" + topics.deadLetters() + "-0-0",
                        "forebay-request-id=r-5");
        assertThat(run("show", "0-0").out()).doesNotContain("replayed:  no");
    }

    @Test
    void letterThatWasReplayedIsNotReplayedAgain() {
        topics.write(letter(1), letter(2), letter(1).setCode("invalid_utf8"));

        CapturedConsole first = run("replay");
        CapturedConsole second = run("replay");

        assertThat(first.err())
                .as("0-2 tells of the same record as 0-0")
                .contains("replayed 2 letters", "refused 0-2 of " + topics.events() + ": it was replayed before");
        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("replayed nothing", "refused 0-0");
        assertThat(topics.read(topics.events())).hasSize(2);
    }

    @Test
    void replayThatWasKilledInTheMiddleIsDoneOnce() {
        topics.write(letter(1));
        try (KafkaProducer<byte[], byte[]> killed =
                topics.producer(Map.of("transactional.id", "forebay-dlq-replay-" + topics.deadLetters()))) {
            killed.initTransactions();
            killed.beginTransaction();
            var unused = killed.send(new ProducerRecord<>(topics.events(), bytes("payload 1")));
            killed.flush();

            CapturedConsole run = run("replay");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(topics.read(topics.events())).hasSize(1);
            assertThatThrownBy(killed::commitTransaction).isInstanceOf(ProducerFencedException.class);
            assertThat(topics.read(topics.events())).hasSize(1);
        }
    }

    @Test
    void whatMustNotBeReplayedIsRefusedAndItsNeighboursAreNot() {
        topics.write(
                letter(1).setAttempts(5),
                letter(2).setValue(null),
                letter(3).setTopic(topics.deadLetters()),
                letter(4).setTopic(topics.small()).setValue(ByteBuffer.wrap(new byte[1000])),
                letter(5).setAttempts(4),
                letter(6).setTopic(topics.small()));

        CapturedConsole run = run("replay");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "refused 0-0 of " + topics.events() + ": it has been tried as often as --max-attempts allows",
                        "refused 0-1 of " + topics.events() + ": it has no payload",
                        "refused 0-2 of " + topics.deadLetters() + ": it came from a topic that the configuration",
                        "refused 0-3 of " + topics.small() + ": it is larger than its topic takes",
                        "replayed 1 letter to " + topics.events(),
                        "replayed 1 letter to " + topics.small());
        assertThat(topics.only(topics.events()).value()).isEqualTo(bytes("payload 5"));
        assertThat(topics.only(topics.small()).value()).isEqualTo(bytes("payload 6"));
        assertThat(run("replay", "--max-attempts", "6", "--letter", "0-0").code())
                .isZero();
    }

    @Test
    void letterThatIsNotThereIsNamed() {
        topics.write(letter(1));

        CapturedConsole run = run("replay", "--letter", "0-0,0-99,5-1");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("replayed 1 letter", "There is no letter 0-99, 5-1 in " + topics.deadLetters());
    }

    @Test
    void moreThanAHundredLettersAreAskedFor() {
        List<DeadLetter.Builder> letters = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            letters.add(letter(i));
        }
        topics.write(letters.toArray(DeadLetter.Builder[]::new));

        CapturedConsole silent = run("replay");
        assertThat(silent.code()).isEqualTo(2);
        assertThat(silent.err()).contains("These are 150 letters", "add --yes");
        assertThat(answered("no\n")).contains("Replay 150 letters? [y/N] ", "replayed nothing");
        assertThat(answered("")).contains("replayed nothing");
        assertThat(topics.read(topics.events())).isEmpty();
        assertThat(run("replay", "--limit", "100").err()).contains("replayed 100 letters");
        assertThat(run("replay", "--yes").err()).contains("refused 100 in all", "replayed 50 letters");
        assertThat(topics.read(topics.events())).hasSize(150);
    }

    @Test
    void recordThatFailsAgainIsANewLetterUntilItWasTriedTooOften() {
        try (RunningProcessors processors = RunningProcessors.start(topics.parsed())) {
            topics.send(new ProducerRecord<>(topics.events(), 1, bytes("k"), bytes("{broken")));
            topics.awaitLetters(1);

            assertThat(run("replay", "--max-attempts", "3").code()).isZero();
            topics.awaitLetters(2);
            assertThat(run("replay", "--max-attempts", "3").err()).contains("refused 0-0", "replayed 1 letter");
            topics.awaitLetters(3);
            CapturedConsole last = run("replay", "--max-attempts", "3");

            assertThat(last.code()).isEqualTo(1);
            assertThat(last.err()).contains("replayed nothing", "it has been tried as often as --max-attempts allows");
            assertThat(topics.letters()).extracting(DeadLetter::getAttempts).containsExactly(1, 2, 3);
            assertThat(topics.letters())
                    .as("the id of the first position, whatever the last one is")
                    .extracting(DeadLetter::getRequestId)
                    .containsOnly(topics.events() + "-1-0");
            assertThat(topics.read(topics.events())).hasSize(3);
            assertThat(processors.failure()).isEmpty();
        }
    }

    @Test
    void mistakesAreNamed() {
        assertUsage(run("list", "--code", "malformd"), "Did you mean malformed?");
        assertUsage(run("list", "--since", "yesterday"), "'yesterday' is no time. Write 2026-11-25");
        assertUsage(run("show", "17"), "'17' is no letter", "0-17");
        assertUsage(run("list", "--since", "1h", "--until", "2h"), "is not before --until");
        CapturedConsole missing =
                CapturedConsole.run("dlq", "list", topics.configFor("absent").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no topic absent-dead-letters");
    }

    private static void assertUsage(CapturedConsole run, String... parts) {
        assertThat(run.err()).contains(parts);
        assertThat(run.code()).isEqualTo(2);
    }

    private String answered(String answer) {
        InputStream before = System.in;
        StringWriter err = new StringWriter();
        try {
            System.setIn(new ByteArrayInputStream(bytes(answer)));
            Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err, true), true);
            int code = Forebay.run(
                    console, new Stop(), "dlq", "replay", topics.config().toString());
            assertThat(code).isEqualTo(1);
        } finally {
            System.setIn(before);
        }
        return err.toString();
    }

    /** The first column of the list. */
    private List<String> list(String... options) {
        CapturedConsole run = run("list", options);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out()
                .lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private CapturedConsole run(String command, String... options) {
        List<String> args =
                new ArrayList<>(List.of("dlq", command, topics.config().toString()));
        args.addAll(List.of(options));
        return CapturedConsole.run(args.toArray(String[]::new));
    }

    private DeadLetter.Builder letter(long offset) {
        return DeadLetter.newBuilder()
                .setTopic(topics.events())
                .setPartition(0)
                .setOffset(offset)
                .setTimestamp(NOON)
                .setKey(null)
                .setValue(ByteBuffer.wrap(bytes("payload " + offset)))
                .setCode("malformed")
                .setMessage("not JSON")
                .setStage("intake")
                .setFailedAt(NOON);
    }

    private static HeaderEntry header(String name, String value) {
        return new HeaderEntry(name, ByteBuffer.wrap(bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}

package dev.forebay.processors.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.Configs;
import dev.forebay.processors.enrich.Reference.OfPassages;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Events;
import dev.forebay.processors.event.Trail;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetrievalTest {
    private static final Position FROM = new Position("events", 2, 41);
    private static final String DEFAULTS =
            "missing: default, default: {titles: '[]', passages: none, nearest: '0', without: '[]'}";

    private final List<String> notes = new ArrayList<>();
    private final Trail trail = (step, what) -> notes.add(step + " " + what.get());

    @Test
    void requestGetsTheNearestPassagesInItsTextAndItsAttributes() {
        Retrieval retrieval = filled("missing: reject", 200);

        Request found = good(retrieval, request("[2, 0.1]"));

        assertThat(found.getText()).isEqualTo("Use:\n[1] Money comes back.\n[2] Cards are sent.\n\nQ: Where?");
        assertThat(found.getAttributes())
                .isEqualTo(Map.of(
                        "kept", "k",
                        "titles", "[\"Refunds\",\"Cards\"]",
                        "passages", "[\"h-1\",\"h-2\"]",
                        "nearest", "0.9988",
                        "without", "[]"));
        assertThat(notes).containsExactly("enrich handbook: h-1 (0.9988), h-2 (0.8290)");
    }

    @Test
    void passagesForWhichTheTextHasNoRoomAreNamed() {
        Retrieval retrieval = filled("missing: reject", 40);

        Request found = good(retrieval, request("[2, 0.1]"));

        assertThat(found.getText())
                .isEqualTo("Use:\n[1] Money comes back.\n\nQ: Where?")
                .hasSizeLessThan(41);
        assertThat(found.getAttributes())
                .containsEntry("passages", "[\"h-1\"]")
                .containsEntry("titles", "[\"Refunds\"]")
                .containsEntry("without", "[\"h-2\"]");
        assertThat(notes)
                .containsExactly("enrich handbook: h-1 (0.9988); left out, as the text has no room: h-2 (0.8290)");
    }

    @Test
    void textThatHasRoomForNoneIsARejectionOrTheDefault() {
        assertThat(refusal(filled("missing: reject", 20), request("[2, 0.1]")))
                .isEqualTo("reference_missing: Enrichment handbook: the text has no room for any of the passages."
                        + " Send one that is known, or add the reference data.");
        assertThat(refusal(filled("missing: wait", 20), request("[2, 0.1]")))
                .as("no wait can help")
                .startsWith("reference_missing: ");
        assertThat(good(filled(DEFAULTS, 20), request("[2, 0.1]")).getText()).isEqualTo("Where?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \u00a0\u200b"})
    void blankTextIsNotMadeGood(String text) {
        assertThat(good(filled("missing: reject", 200), request("[2, 0.1]", "acme", text))
                        .getText())
                .isEqualTo(text);
    }

    @Test
    void textThatIsTooLongByItselfIsLeftForItsOwnRefusal() {
        String text = "x".repeat(201);

        assertThat(good(filled("missing: reject", 200), request("[2, 0.1]", "acme", text))
                        .getText())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"acme,h-1", "bolt,b-1"})
    void tenantFindsItsOwn(String tenant, String first) {
        assertThat(good(filled("missing: reject", 200), request("[2, 0.1]", tenant, "Where?"))
                        .getAttributes())
                .extractingByKey("passages")
                .asString()
                .startsWith("[\"" + first + "\"");
    }

    @Test
    void whatIsNotNearEnoughIsMissing() {
        assertThat(refusal(filled("missing: reject", 200), request("[-1, 0]")))
                .isEqualTo("reference_missing: Enrichment handbook: no passage is near enough to the attribute"
                        + " 'vector'. Send one that is known, or add the reference data.");
        assertThatThrownBy(() -> enrich(filled("missing: wait", 200), request("[-1, 0]")))
                .isInstanceOf(ReferenceUnavailableException.class)
                .hasMessage(
                        "Enrichment handbook: no passage is near enough to the attribute 'vector', for events-2-41");

        Request found = good(filled(DEFAULTS, 200), request("[-1, 0]"));
        assertThat(found.getText()).isEqualTo("Where?");
        assertThat(found.getAttributes())
                .isEqualTo(Map.of("kept", "k", "titles", "[]", "passages", "none", "nearest", "0", "without", "[]"));
        assertThat(notes)
                .containsExactly("enrich handbook: no passage is near enough to the attribute 'vector' (default)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing: reject", "missing: wait"})
    void requestWithoutAVectorIsRejectedSinceNoWaitCanHelp(String missing) {
        assertThat(refusal(filled(missing, 200), request(null)))
                .startsWith("reference_missing: Enrichment handbook: the request has no attribute 'vector'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        [1]        | has 1 numbers, where dimensions says 2.
        [1, 0, 0]  | has 3 numbers, where dimensions says 2.
        [0, 0]     | has only zeros, and so no direction.
        [1, "0"]   | has a string where its number 2 has to be.
        {}         | is an object, and has to be an array of numbers.
        1, 0       | is no JSON array of numbers.
        [1e99, 1]  | has a number that is not finite.
        """)
    void wrongVectorIsRejectedWhateverIsMissing(String vector, String why) {
        for (String missing : List.of("missing: reject", "missing: wait", DEFAULTS)) {
            assertThat(refusal(filled(missing, 200), request(vector)))
                    .startsWith("invalid_request: Enrichment handbook: the attribute 'vector' " + why);
        }
    }

    @Test
    void recordThatIsReplacedOrDeletedOrCannotBeReadIsFoundNoMore() {
        for (String value : new String[] {null, "", "{", "{\"vector\": [1]}"}) {
            Retrieval retrieval = filled("missing: reject", 200);
            retrieval.table().keep("h-1".getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));

            assertThat(good(retrieval, request("[2, 0.1]")).getAttributes())
                    .as("after %s", value)
                    .containsEntry("passages", "[\"h-2\"]");
        }
    }

    @Test
    void unreadableRecordIsExplained() {
        Retrieval retrieval = filled("missing: reject", 200);

        assertThat(retrieval.table().keep(null, new byte[1])).hasValue("it has no key");
        assertThat(retrieval.table().keep("k".getBytes(UTF_8), null)).isEmpty();
        assertThat(retrieval.table().keep("k".getBytes(UTF_8), new byte[0])).hasValue("its value has no bytes");
        assertThat(retrieval.table().keep("k".getBytes(UTF_8), "{}".getBytes(UTF_8)))
                .hasValueSatisfying(why -> assertThat(why).startsWith("field_missing: "));
        assertThat(put(retrieval.table(), "k-1", "acme", "[1, 0]", "T", "t")).isEmpty();
        assertThat(put(retrieval.table(), "k-2", "acme", "[1, 0]", "T", "t"))
                .hasValue("there are 5 passages already, as many as nearest.limit allows");
    }

    /** Over a topic with four passages, the limit of which is five. */
    private Retrieval filled(String missing, int maxChars) {
        Enricher enricher = Configs.read("intake: {max-chars: " + maxChars + ", enrich: [{name: handbook, topic: kb,"
                        + " format: json, by: vector, attributes: {titles: /title}, " + missing
                        + ", nearest: {vector: /vector, dimensions: 2, tenant: /tenant, most: 2, least: 0.4, limit: 5,"
                        + " keys: passages, score: nearest, context: {text: /text, left-out: without,"
                        + " template: \"Use:\\n{passages}\\n\\nQ: {text}\"}}}]}")
                .intake()
                .enrichers()
                .get(0);
        OfPassages reference = (OfPassages) enricher.reference();
        PassageTable table = PassageTable.of(List.of(reference), Codecs.over(new MemoryRegistry()), () -> Events.NOW);
        assertThat(put(table, "h-1", "acme", "[1, 0]", "Refunds", "Money comes back."))
                .isEmpty();
        assertThat(put(table, "h-2", "acme", "[2, 1.5]", "Cards", "Cards are sent."))
                .isEmpty();
        assertThat(put(table, "h-3", "acme", "[0, 5]", "Fees", "There are none."))
                .isEmpty();
        assertThat(put(table, "b-1", "bolt", "[1, 0.05]", "Secret", "Of bolt alone."))
                .isEmpty();
        return new Retrieval(enricher, reference, table, trail);
    }

    private static Optional<String> put(
            PassageTable table, String key, String tenant, String vector, String title, String text) {
        String json = "{\"vector\": " + vector + ", \"tenant\": \"" + tenant + "\", \"title\": \"" + title
                + "\", \"text\": \"" + text + "\"}";
        return table.keep(key.getBytes(UTF_8), json.getBytes(UTF_8));
    }

    private static Request request(@Nullable String vector) {
        return request(vector, "acme", "Where?");
    }

    private static Request request(@Nullable String vector, String tenant, String text) {
        Map<String, String> attributes = vector == null ? Map.of("kept", "k") : Map.of("kept", "k", "vector", vector);
        return new Request("r-1", "triage", tenant, text, attributes, Lane.LIVE, Events.STAMP, null);
    }

    private static Decoded<Request> enrich(Retrieval retrieval, Request request) {
        return Enrichment.of(List.of(retrieval)).enrich(request, FROM);
    }

    private static Request good(Retrieval retrieval, Request request) {
        return enrich(retrieval, request).fold(Decoded.Good::value, bad -> {
            throw new AssertionError(bad.message());
        });
    }

    private static String refusal(Retrieval retrieval, Request request) {
        return enrich(retrieval, request).fold(good -> "", bad -> {
            assertThat(bad.code().category()).isEqualTo(ReasonCode.Category.REJECTION);
            return bad.code().code() + ": " + bad.message();
        });
    }
}

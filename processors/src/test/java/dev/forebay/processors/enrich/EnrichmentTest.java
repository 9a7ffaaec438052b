package dev.forebay.processors.enrich;

import static dev.forebay.processors.event.Events.STAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.format.Place;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Decoded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnrichmentTest {
    private static final Position FROM = new Position("events", 2, 41);
    private static final Map<String, String> DEFAULTS = Map.of("plan", "none", "region", "unknown");

    /** What is looked up, by the key. */
    private final Map<String, Map<String, String>> records = new HashMap<>();

    private final List<String> notes = new ArrayList<>();
    private final Trail trail = (step, what) -> notes.add(step + " " + what.get());

    @Test
    void requestGetsWhatTheRecordHasAndNothingElseChanges() {
        records.put("c-7", Map.of("plan", "gold", "region", "north"));
        Request request = request(Map.of("customer", "c-7", "kept", "k"));

        assertThat(good(customer(Missing.REJECT), request))
                .isEqualTo(new Request(
                        "r-1",
                        "triage",
                        "acme",
                        "Hello",
                        Map.of("customer", "c-7", "kept", "k", "plan", "gold", "region", "north"),
                        Lane.BULK,
                        STAMP,
                        STAMP.plusSeconds(7)));
        assertThat(notes).containsExactly("enrich customer: plan=gold, region=north");
    }

    @Test
    void referenceDataWinOverWhatTheEventSays() {
        records.put("c-7", Map.of("plan", "basic", "region", "north"));

        assertThat(good(customer(Missing.REJECT), request(Map.of("customer", "c-7", "plan", "gold")))
                        .getAttributes())
                .containsEntry("plan", "basic");
    }

    @Test
    void defaultTakesThePlaceOfEachAttributeThatIsMissing() {
        records.put("c-7", Map.of("plan", "gold"));
        Enricher customer = customer(Missing.DEFAULT);

        assertThat(good(customer, request(Map.of("customer", "c-7"))).getAttributes())
                .containsEntry("plan", "gold")
                .containsEntry("region", "unknown");
        assertThat(good(customer, request(Map.of("customer", "c-8"))).getAttributes())
                .containsAllEntriesOf(DEFAULTS);
        assertThat(good(customer, request(Map.of("plan", "the event's"))).getAttributes())
                .as("an event cannot pass for one of which nothing is known")
                .containsAllEntriesOf(DEFAULTS);
        assertThat(notes.get(0)).isEqualTo("enrich customer: plan=gold, region=unknown (default)");
    }

    @Test
    void rejectionSaysWhatThereIsNotWithoutTheValueThatWasLookedUp() {
        records.put("c-7", Map.of("plan", "gold"));
        Enricher customer = customer(Missing.REJECT);

        assertThat(refusal(customer, Map.of("customer", "c-8")))
                .isEqualTo("Enrichment customer: there is no record for the attribute 'customer'."
                        + " Send one that is known, or add the reference data.");
        assertThat(refusal(customer, Map.of("customer", "c-7")))
                .startsWith("Enrichment customer: the record for the attribute 'customer' has no region.");
        assertThat(refusal(customer, Map.of()))
                .startsWith("Enrichment customer: the request has no attribute 'customer'.");
    }

    @Test
    void whatMayYetComeIsWaitedFor() {
        assertThatThrownBy(() -> enrich(customer(Missing.WAIT), request(Map.of("customer", "c-8"))))
                .isInstanceOf(ReferenceUnavailableException.class)
                .hasMessage("Enrichment customer: there is no record for the attribute 'customer', for events-2-41");
        records.put("c-8", Map.of("plan", "gold"));
        assertThatThrownBy(() -> enrich(customer(Missing.WAIT), request(Map.of("customer", "c-8"))))
                .hasMessageContaining("has no region, for events-2-41");
    }

    @ParameterizedTest
    @EnumSource(names = {"WAIT", "REJECT"})
    void requestWithoutTheAttributeIsRejectedAtOnceSinceNoWaitCanHelp(Missing missing) {
        assertThat(refusal(customer(missing), Map.of())).contains("the request has no attribute 'customer'");
        assertThat(refusal(customer(missing), Map.of("customer", ""))).contains("the request has no attribute");
    }

    @Test
    void entryMayLookUpWhatAnotherFound() {
        records.put("c-7", Map.of("account", "a-1"));
        records.put("a-1", Map.of("tier", "3"));
        Enrichment enrichment = Enrichment.of(List.of(
                step(enricher("customer", "customer", Missing.REJECT, "account")),
                step(enricher("account", "account", Missing.REJECT, "tier"))));

        assertThat(enrichment
                        .enrich(request(Map.of("customer", "c-7")), FROM)
                        .<Map<String, String>>fold(good -> good.value().getAttributes(), bad -> Map.of()))
                .isEqualTo(Map.of("customer", "c-7", "account", "a-1", "tier", "3"));
        assertThat(notes).containsExactly("enrich customer: account=a-1", "enrich account: tier=3");
    }

    @Test
    void requestForAnotherTaskPassesByAnEntryWithTasks() {
        Enricher digests = new Enricher(
                "customer",
                Set.of("digest"),
                "customer",
                customer(Missing.REJECT).reference(),
                Missing.REJECT,
                Map.of());

        assertThat(good(digests, request(Map.of())).getAttributes()).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void nothingIsDoneWhereNothingIsDeclared() {
        Request request = request(Map.of());

        assertThat(Enrichment.none().enrich(request, FROM)).isEqualTo(new Decoded.Good<>(request));
    }

    private static Enricher customer(Missing missing) {
        return enricher("customer", "customer", missing, "plan", "region");
    }

    private static Enricher enricher(String name, String by, Missing missing, String... attributes) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (String attribute : attributes) {
            places.put(attribute, Place.WHOLE);
        }
        return new Enricher(
                name,
                Set.of(),
                by,
                new Reference.OfTopic("crm", ReferenceFormat.JSON, places),
                missing,
                missing == Missing.DEFAULT ? DEFAULTS : Map.of());
    }

    private static Request request(Map<String, String> attributes) {
        return new Request("r-1", "triage", "acme", "Hello", attributes, Lane.BULK, STAMP, STAMP.plusSeconds(7));
    }

    private Step step(Enricher enricher) {
        return new LookupStep(enricher, key -> Optional.ofNullable(records.get(key)), trail);
    }

    private Decoded<Request> enrich(Enricher enricher, Request request) {
        return Enrichment.of(List.of(step(enricher))).enrich(request, FROM);
    }

    private Request good(Enricher enricher, Request request) {
        return enrich(enricher, request).fold(Decoded.Good::value, bad -> {
            throw new AssertionError(bad.message());
        });
    }

    private String refusal(Enricher enricher, Map<String, String> attributes) {
        return enrich(enricher, request(attributes))
                .fold(
                        good -> {
                            throw new AssertionError(good.value());
                        },
                        bad -> {
                            assertThat(bad.code()).isEqualTo(ReasonCode.REFERENCE_MISSING);
                            return bad.message();
                        });
    }
}

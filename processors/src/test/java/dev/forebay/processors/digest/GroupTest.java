package dev.forebay.processors.digest;

import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.schemas.record.Request;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupTest {
    @Test
    void keyOfAGroupIsReadAsItWasWritten() {
        Group group = new Group("complaints", "a\"b", "D/E, \u2028");
        Group alone = new Group("complaints", "acme", null);

        assertThat(Group.read(group.key())).contains(group);
        assertThat(Group.read(alone.key())).contains(alone);
        assertThat(alone.key()).isEqualTo(bytes("[\"complaints\",\"acme\"]"));
    }

    @Test
    void keyOfSomethingElseIsNoGroup() {
        for (String key :
                new String[] {"", "x", "[]", "[\"a\"]", "[\"a\",1]", "[\"a\",null]", "{\"a\":\"b\",\"c\":\"d\"}"}) {
            assertThat(Group.read(bytes(key))).as(key).isEmpty();
        }
        assertThat(Group.read(null)).isEmpty();
    }

    @Test
    void longValuesAreCutAndStillToldApart() {
        Grouping byCustomer = new Grouping.ByAttribute("customer");
        String first = byCustomer.value(request("x".repeat(5_000) + "1"), null).orElseThrow();
        String second = byCustomer.value(request("x".repeat(5_000) + "2"), null).orElseThrow();

        assertThat(first).hasSize(117).startsWith("xxx").isNotEqualTo(second);
        assertThat(byCustomer.value(request("x".repeat(100)), null)).contains("x".repeat(100));
    }

    @Test
    void keyThatIsNoTextIsWrittenInDigits() {
        Grouping byKey = new Grouping.ByKey();

        assertThat(byKey.value(request(""), bytes("k"))).contains("k");
        assertThat(byKey.value(request(""), new byte[] {(byte) 0xff, 1})).contains("0xff01");
        assertThat(byKey.value(request(""), null)).isEmpty();
    }

    @Test
    void sourcesAreRangesAndSayHowManyTheyLeaveOut() {
        Sources sources = Sources.NONE;
        for (int partition = 0; partition < 20; partition++) {
            sources = sources.and(new Position("forebay.work", partition, 7))
                    .and(new Position("forebay.work", partition, 5));
        }

        assertThat(sources.written(40)).isEqualTo("forebay.work-0:5-7,forebay.work-1:5-7,+18");
        assertThat(sources.written(5)).isEqualTo("+20");
        assertThat(sources.written(10_000)).endsWith("forebay.work-9:5-7").doesNotContain("+");
    }

    private static Request request(String customer) {
        return Request.newBuilder()
                .setRequestId("r")
                .setTask("triage")
                .setText("x")
                .setAttributes(Map.of("customer", customer))
                .setIssuedAt(Instant.EPOCH)
                .build();
    }
}

package dev.forebay.worker.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FlightsTest {
    private static final ContentKey KEY = new ContentKey(1, 2, 3, 4);
    private static final ContentKey OTHER = new ContentKey(1, 2, 3, 5);

    private final Flights<Guest> flights = new Flights<>();
    private final Guest leader = guest("leader", Flights.NO_DEADLINE);

    @Test
    void theFirstLeadsAndTheOthersFollow() {
        Guest second = guest("second", Flights.NO_DEADLINE);

        assertThat(flights.join(KEY, leader)).isFalse();
        assertThat(flights.join(KEY, second)).isTrue();
        assertThat(flights.join(OTHER, guest("elsewhere", 5))).isFalse();

        assertThat(flights.land(KEY)).containsExactly(leader, second);
        assertThat(flights.size()).isEqualTo(1);
        assertThat(flights.join(KEY, second)).isFalse();
    }

    @Test
    void aLeaderThatDropsOutHandsOverToWhoHasMostTime() {
        Guest soon = guest("soon", 10);
        Guest latest = guest("latest", 30);
        Guest later = guest("later", 20);
        join(leader, soon, latest, later);

        assertThat(flights.leave(KEY)).isEqualTo(latest);
        assertThat(flights.land(KEY)).containsExactly(latest, soon, later);
    }

    @Test
    void nobodyIsHandedOverToOnceTheirRequestHasEnded() {
        Guest gone = guest("gone", Flights.NO_DEADLINE);
        gone.ended = true;
        join(leader, gone);

        assertThat(flights.leave(KEY)).isNull();
        assertThat(flights.size()).isZero();
    }

    @Test
    void aFailureIsTheLeadersAloneTheFirstTimeAndEveryonesTheSecond() {
        Guest second = guest("second", 40);
        Guest third = guest("third", 30);
        join(leader, second, third);

        Flights.Failure<Guest> first = flights.fail(KEY);
        assertThat(first.failed()).containsExactly(leader);
        assertThat(first.next()).isEqualTo(second);

        Flights.Failure<Guest> again = flights.fail(KEY);
        assertThat(again.failed()).containsExactly(second, third);
        assertThat(again.next()).isNull();
        assertThat(flights.size()).isZero();
    }

    @Test
    void aFailureThatNobodyElseWaitsForEndsTheFlight() {
        join(leader);

        assertThat(flights.fail(KEY)).isEqualTo(new Flights.Failure<>(List.of(leader), null));
        assertThat(flights.size()).isZero();
    }

    @Test
    void followersExpireAtTheirOwnDeadlineWhateverTheLeadersIs() {
        Guest soon = guest("soon", 10);
        Guest later = guest("later", 20);
        join(leader, later, soon);

        assertThat(flights.expire(9)).isEmpty();
        assertThat(flights.expire(10)).containsExactly(soon);
        assertThat(flights.land(KEY)).containsExactly(leader, later);
        assertThat(flights.expire(100)).isEmpty();
    }

    @Test
    void whoLeadsAfterAHandOverNoLongerExpiresHere() {
        Guest next = guest("next", 10);
        join(leader, next);
        flights.leave(KEY);

        assertThat(flights.expire(100)).isEmpty();
        assertThat(flights.land(KEY)).containsExactly(next);
    }

    private void join(Guest... guests) {
        for (Guest guest : guests) {
            flights.join(KEY, guest);
        }
    }

    private static Guest guest(String name, long deadline) {
        return new Guest(name, deadline);
    }

    private static final class Guest implements Flights.Waiter {
        private final String name;
        private final long deadline;
        private boolean ended;

        Guest(String name, long deadline) {
            this.name = name;
            this.deadline = deadline;
        }

        @Override
        public long deadlineNanos() {
            return deadline;
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}

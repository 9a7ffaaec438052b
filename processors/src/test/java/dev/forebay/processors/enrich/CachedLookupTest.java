package dev.forebay.processors.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.enrich.Reference.Caching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachedLookupTest {
    private static final Map<String, String> FOUND = Map.of("tier", "3");

    private final List<String> asked = new ArrayList<>();
    private boolean away;
    private boolean notYet;
    private long now;

    @Test
    void answerIsRememberedForAWhileAndThatThereIsNoneAsWell() {
        Lookup lookup = lookup(10);
        for (int i = 0; i < 3; i++) {
            assertThat(lookup.find("a-1")).contains(FOUND);
            assertThat(lookup.find("b")).isEmpty();
        }
        assertThat(asked).containsExactly("a-1", "b");

        now = Duration.ofMinutes(1).toNanos();
        lookup.find("a-1");
        lookup.find("b");

        assertThat(asked).containsExactly("a-1", "b", "a-1", "b");
    }

    @Test
    void whatIsWaitedForIsNotRememberedAsAbsent() {
        Lookup lookup = lookup(10);
        notYet = true;
        assertThat(lookup.find("b")).isEmpty();
        assertThat(lookup.find("b")).isEmpty();
        assertThat(lookup.find("a")).isPresent();
        assertThat(lookup.find("a")).isPresent();

        assertThat(asked).containsExactly("b", "b", "a");
    }

    @Test
    void noMoreIsRememberedThanIsAllowed() {
        Lookup lookup = lookup(0);
        lookup.find("a-1");
        lookup.find("a-1");

        assertThat(asked).hasSize(2);
    }

    @Test
    void databaseThatIsAwayIsAskedAgain() {
        Lookup lookup = lookup(10);
        away = true;
        assertThatThrownBy(() -> lookup.find("a-1")).isInstanceOf(ReferenceUnavailableException.class);
        away = false;

        assertThat(lookup.find("a-1")).contains(FOUND);
    }

    private Lookup lookup(int size) {
        return new CachedLookup(
                this::ask, found -> !notYet || found.isPresent(), new Caching(size, Duration.ofMinutes(1)), () -> now);
    }

    private Optional<Map<String, String>> ask(String key) {
        if (away) {
            throw ReferenceUnavailableException.unanswered("away", null);
        }
        asked.add(key);
        return key.startsWith("a") ? Optional.of(FOUND) : Optional.empty();
    }
}

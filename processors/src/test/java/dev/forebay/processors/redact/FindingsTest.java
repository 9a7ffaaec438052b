package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.redact.PiiType.Strength;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {
    private static final PiiType SSN = new PiiType("ssn", Strength.DECLARED);

    @Test
    void findingThatHoldsAnotherWholeWins() {
        Finding email = new Finding(PiiType.EMAIL, 0, 30);
        Finding card = new Finding(PiiType.CARD, 0, 16);

        assertThat(Findings.disjoint(List.of(card, email))).containsExactly(email);
    }

    @Test
    void checkDigitsBeatAFormThatOverlaps() {
        Finding card = new Finding(PiiType.CARD, 0, 16);
        Finding phone = new Finding(PiiType.PHONE, 5, 30);

        assertThat(Findings.disjoint(List.of(phone, card))).containsExactly(card);
    }

    @Test
    void ofTheSameSpanTheDeclaredTypeWins() {
        Finding ssn = new Finding(SSN, 3, 14);

        assertThat(Findings.disjoint(List.of(new Finding(PiiType.PHONE, 3, 14), ssn)))
                .containsExactly(ssn);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void choiceHasNoOverlapsCoversAllClustersAndDoesNotDependOnOrder(long seed) {
        Random random = new Random(seed);
        List<PiiType> types = List.of(PiiType.EMAIL, PiiType.CARD, PiiType.PHONE, SSN, PiiType.IBAN);
        for (int round = 0; round < 500; round++) {
            List<Finding> all = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                int start = random.nextInt(40);
                all.add(new Finding(types.get(random.nextInt(5)), start, start + 1 + random.nextInt(15)));
            }
            List<Finding> chosen = Findings.disjoint(List.copyOf(all));
            Collections.shuffle(all, random);

            assertThat(Findings.disjoint(List.copyOf(all)))
                    .as("seed %d, %s", seed, all)
                    .isEqualTo(chosen);
            for (int i = 1; i < chosen.size(); i++) {
                assertThat(chosen.get(i - 1).end())
                        .isLessThanOrEqualTo(chosen.get(i).start());
            }
            assertThat(all).allMatch(finding -> chosen.stream().anyMatch(finding::overlaps));
        }
    }
}

package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyChangesTest {
    private static final String FILE =
            """
            processors: {control: true}
            intake:
              stopped-tasks: digest
              screen: {block: [launch code]}
            verdict:
              abstain-below: 0.5
              abstain: {triage: 0.7}
              routes: [{name: refunds, when: label == 'refund', to: support.refunds, format: json}]
            """;

    private final ProcessorsConfig file = Configs.read(FILE);

    @Test
    void keyOfTheChangeStandsInPlaceOfTheFilesAndTheOthersAreAsInTheFile() {
        ProcessorsConfig changed =
                file.with(over("{intake: {screen: {injection: true}}, verdict: {abstain-below: 0.9, routes: []}}"));

        assertThat(changed.intake().stoppedTasks()).containsExactly("digest");
        assertThat(changed.intake().screen()).isNotEqualTo(file.intake().screen());
        assertThat(changed.verdict().abstention())
                .isEqualTo(Configs.read("verdict: {abstain-below: 0.9, abstain: {triage: 0.7}}")
                        .verdict()
                        .abstention());
        assertThat(changed.verdict().routeTopics()).isEmpty();
        assertThat(changed.digests()).isSameAs(file.digests());
    }

    @Test
    void changeNeverStandsOnTheOneBefore() {
        over("intake: {stopped-tasks: [triage, digest]}");

        assertThat(over("verdict: {abstain-below: 0.1}").intake().stoppedTasks())
                .containsExactly("digest");
        assertThat(over("intake: {stopped-tasks: []}").intake().stoppedTasks()).isEmpty();
    }

    @Test
    void nothingMayBeChangedWhereTheFileDoesNotSaySo() {
        assertThat(Configs.read("verdict: {abstain-below: 0.5}").changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "worker: {batch: 1}                                  | worker          | Remove it here",
                "intake: {max-chars: 10}                             | intake.max-chars | Remove it here",
                "intake: {sources: []}                               | intake.sources  | Remove it here",
                "intake: {redaction: {types: [email]}}               | intake.redaction | Remove it here",
                "verdict: {review-decisions: true}                   | verdict.review-decisions | Remove it here",
                "intake: {stopped-tasks: [triag]}                    | intake.stopped-tasks | Did you mean triage?",
                "intake: {quota: {requests: 10}}                     | intake.quota    | put one into the file",
                "intake: {screen: {block-file: /etc/passwd}}         | intake.screen.block-file | below block",
                "intake: {screen: {tenants: {a: {block-file: /x}}}}  | intake.screen.tenants.a.block-file | below block",
                "intake: {screen: {patterns: {p: '('}}}              | intake.screen.patterns.p | '",
                "verdict: {abstain-below: 2}                         | verdict.abstain-below | 0",
                "verdict: {calibration: {triage: {points: {2: 1}}}}  | verdict.calibration.triage.points.2 | 0.7: 0.85",
                "verdict: {routes: [{name: r, when: 'lable == 1', to: support.refunds, format: json}]} | verdict.routes[0].when | label",
                "verdict: {routes: [{name: r, to: elsewhere}]}       | verdict.routes[0].to | has to be in the file",
                "verdict: {routes: [{name: r, to: support.refunds}]} | verdict.routes[0].to | has to be in the file",
                "verdict: {moderation: [{name: m, action: maim}]}    | verdict.moderation[0].action | '",
                "[1, 2]                                              | change          | section",
                "'{'                                                 | change          | '",
                "''                                                  | change          | section",
            })
    void wrongChangeIsRefusedByKeyAndFix(String change, String key, String fix) {
        assertThatThrownBy(() -> over(change))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).anySatisfy(problem -> {
                            assertThat(problem.key()).isEqualTo(key);
                            assertThat(problem.toString()).contains(fix.equals("'") ? "" : fix);
                        }));
    }

    @Test
    void whatLooksLikeASecretIsReadAsItStands() {
        assertThat(over("intake: {screen: {block: ['${env:PATH}']}}").intake().screen())
                .isNotNull();
        assertThatThrownBy(() -> over("{secrets: {env: [PATH]}}")).hasMessageContaining("secrets");
    }

    private PolicyChanges.Changed over(String change) {
        return file.changes().orElseThrow().over(change);
    }
}

package dev.forebay.processors.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.enrich.Reference.OfPassages;
import dev.forebay.processors.enrich.Reference.OfQuery;
import dev.forebay.processors.enrich.Reference.OfTopic;
import dev.forebay.processors.retrieve.Context;
import dev.forebay.schemas.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichSectionTest {
    private static final String TOPIC =
            "name: customer, topic: crm.customers, format: json, by: customer, attributes: {plan: /plan}";
    private static final String NEAREST =
            "name: handbook, topic: kb, format: json, by: vector, missing: reject, nearest: {vector: /v, dimensions: 384";
    private static final String QUERY =
            "name: account, by: account, attributes: {tier: tier}, missing: reject, jdbc: {url: 'jdbc:postgresql://db/crm'";

    @Test
    void entriesAreReadInTheirOrder() {
        List<Enricher> enrichers = Configs.read("intake: {enrich: [{" + TOPIC
                        + ", missing: default, default: {plan: none}}, {" + QUERY
                        + ", user: u, password: p, query: 'select tier from accounts where id = ?', connections: 2},"
                        + " cache: {size: 7, for: 1 min}, timeout: 500 ms}]}")
                .intake()
                .enrichers();

        assertThat(enrichers).extracting(Enricher::name).containsExactly("customer", "account");
        assertThat(enrichers.get(0).missing()).isEqualTo(Missing.DEFAULT);
        assertThat(enrichers.get(0).defaults()).isEqualTo(Map.of("plan", "none"));
        assertThat(enrichers.get(0).reference()).isInstanceOfSatisfying(OfTopic.class, topic -> {
            assertThat(topic.topic()).isEqualTo("crm.customers");
            assertThat(topic.format()).isEqualTo(ReferenceFormat.JSON);
        });
        assertThat(enrichers.get(1).reference()).isInstanceOfSatisfying(OfQuery.class, query -> {
            assertThat(query.login()).isEqualTo(new Reference.Login("jdbc:postgresql://db/crm", "u", "p"));
            assertThat(query.connections()).isEqualTo(2);
            assertThat(query.timeout()).isEqualTo(Duration.ofMillis(500));
            assertThat(query.cache()).isEqualTo(new Reference.Caching(7, Duration.ofMinutes(1)));
            assertThat(query.columns()).isEqualTo(Map.of("tier", "tier"));
        });
    }

    @Test
    void entryMaySearchForTheNearestPassages() {
        Enricher handbook = Configs.read("intake: {max-chars: 500, enrich: [{" + NEAREST
                        + ", tenant: /tenant, most: 5, least: 0.3, limit: 70, keys: k, score: s,"
                        + " context: {text: /text, template: '{passages} {text}', left-out: l}},"
                        + " attributes: {titles: /title}, tasks: [triage, digest]}]}")
                .intake()
                .enrichers()
                .get(0);

        assertThat(handbook.tasks()).containsExactlyInAnyOrder("triage", "digest");
        assertThat(handbook.reference().attributes()).containsExactly("titles", "k", "s", "l");
        assertThat(handbook.reference()).isInstanceOfSatisfying(OfPassages.class, passages -> {
            assertThat(passages.most()).isEqualTo(5);
            assertThat(passages.least()).isEqualTo(0.3);
            assertThat(passages.passages().limit()).isEqualTo(70);
            assertThat(passages.passages().shape().dimensions()).isEqualTo(384);
            assertThat(passages.told().context()).isEqualTo(new Context("{passages} {text}", 500));
        });
    }

    @Test
    void severalEntriesMaySearchOneTopicInOneWay() {
        String other = NEAREST.replace("handbook", "other");

        assertThat(Configs.read("intake: {enrich: [{" + NEAREST + ", shared: true, keys: a}}, {" + other
                                + ", shared: true, keys: b, most: 7}}]}")
                        .intake()
                        .referenceTopics())
                .containsExactly("kb");
        for (String way : new String[] {
            other + ", tenant: /t, keys: b}",
            other.replace("384", "383") + ", shared: true, keys: b}",
            other + ", shared: true, limit: 7, keys: b}",
            other.replace("/v", "/w") + ", shared: true, keys: b}",
            "name: other, topic: kb, format: json, by: c, missing: reject, attributes: {b: /b}"
        }) {
            assertThat(Configs.problems("intake: {enrich: [{" + NEAREST + ", shared: true, keys: a}}, {" + way + "}]}"))
                    .as(way)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.key()).isEqualTo("intake.enrich[1].topic"));
        }
    }

    @Test
    void severalEntriesMayLookUpInOneTopic() {
        assertThat(Configs.read("intake: {enrich: [{" + TOPIC + ", missing: wait}, {name: payer, topic: crm.customers,"
                                + " format: json, by: payer, attributes: {payer_plan: /plan}, missing: wait}]}")
                        .intake()
                        .referenceTopics())
                .containsExactly("crm.customers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            textBlock =
                    """
        {%T}                                                    | missing    | Say what becomes of a request
        {%T, missing: null}                                     | missing    | Say what becomes of a request
        {%T, missing: rejct}                                    | missing    | Did you mean reject?
        {%T, missing: default}                                  | default    | Add plan, for example default: {plan: none}.
        {%T, missing: default, default: {plan: a, plann: b}}    | default.plann | Did you mean plan?
        {%T, missing: wait, default: {plan: a}}                 | default    | Write missing: default, or remove this.
        {%T, missing: wait, cache: {size: 1}}                   | cache      | Remove it or choose from the list.
        {name: a, topic: t, format: json, by: c, missing: wait} | attributes | Add them, for example attributes: {plan: /plan}.
        {name: a, topic: t, format: json, attributes: {x: /x}, missing: wait} | by | Add it, for example by: customer.
        {name: a, format: json, by: c, attributes: {x: /x}, missing: wait} | topic | name a database below jdbc
        {topic: t, format: json, by: c, attributes: {x: /x}, missing: wait} | name | Add it, for example name: customer.
        {name: a, topic: t, by: c, attributes: {x: /x}, missing: wait} | format | Add it, for example format: json.
        {name: a, topic: t, format: csv, by: c, attributes: {x: x}, missing: wait} | format | Remove it or choose
        {name: a, topic: t, format: json, by: c, attributes: {x: x}, missing: wait} | attributes.x | Start with a slash: /x.
        {name: a, topic: t, format: text, by: c, attributes: {x: /x}, missing: wait} | attributes.x | A text has no places in it
        {name: a, topic: t, format: json, by: c, attributes: {part: /x}, missing: wait} | attributes.part | Forebay sets these itself
        {name: a, topic: t, format: json, by: c, attributes: {digest: /x}, missing: wait} | attributes.digest | Forebay sets these itself
        {name: a, topic: forebay.work, format: json, by: c, attributes: {x: /x}, missing: wait} | topic | name the topic of your reference data
        {name: a, topic: events, format: json, by: c, attributes: {x: /x}, missing: wait} | topic | Its records would be events
        {name: a, topic: t, format: json, by: custmer, attributes: {x: /x}, missing: wait} | by | Did you mean customer?
        {name: a, topic: t, by: c, jdbc: {url: 'jdbc:postgresql:x', query: 'select ?'}, attributes: {x: x}, missing: wait} | topic | Remove one of them.
        {name: a, by: c, jdbc: {url: 'jdbc:postgrsql:x', query: 'select ?'}, attributes: {x: x}, missing: wait} | jdbc.url | put the driver's jar on the class path
        {name: a, by: c, jdbc: {query: 'select ?'}, attributes: {x: x}, missing: wait} | jdbc.url | jdbc:postgresql://db/crm
        {name: a, by: c, jdbc: {url: 'jdbc:postgresql:x', query: 'select 1'}, attributes: {x: x}, missing: wait} | jdbc.query | for example where id = ?
        {name: a, by: c, jdbc: {url: 'jdbc:postgresql:x', query: 'select ?'}, attributes: {x: x}, missing: wait, timeout: 1 min} | timeout | The default is 2 s.
        {name: a, by: c, jdbc: {url: 'jdbc:postgresql:x', query: 'select ?'}, attributes: {x: x}, missing: wait, cache: {for: 0 s}} | cache.for | The default is 5 min.
        {%N, keys: k}}                                          | nearest.tenant | Say whose the passages are, for example tenant: /message/body. With shared: true every
        {%N, keys: k, tenant: /t, shared: true}}                | nearest.tenant | Say whose the passages are
        {%N, keys: k, tenant: t}}                               | nearest.tenant | Start with a slash: /t.
        {%N, shared: true}}                                     | nearest    | Add one, for example keys: passages.
        {%N, shared: true, keys: k, most: 101}}                 | nearest.most | The default is 3.
        {%N, shared: true, keys: k, least: 2}}                  | nearest.least | The default is 0.
        {%N, shared: true, keys: k, limit: 0}}                  | nearest.limit | The default is 100000.
        {%N, shared: true, keys: ''}}                           | nearest.keys | Give it one, or leave it out.
        {%N, shared: true, keys: part}}                         | nearest.keys | Forebay sets these itself
        {%N, shared: true, keys: k, score: k}}                  | nearest.score | Rename one of them
        {%N, shared: true, keys: k}, attributes: {k: /k}}       | nearest.keys | Rename one of them
        {%N, shared: true, keys: k, contxt: {}}}                | nearest.contxt | Did you mean context?
        {%N, shared: true, context: {template: '{passages}{text}'}}} | nearest.context.text | Add it, for example text:
        {%N, shared: true, context: {text: /t}}}                | nearest.context.template | Add it, for example template:
        {%N, shared: true, context: {text: /t, template: '{text}'}}} | nearest.context.template | Put {passages} where it belongs.
        {%N, shared: true, context: {text: /t, template: '{passages}{text}', left-out: digest}}} | nearest.context.left-out | Forebay sets these itself
        {name: a, topic: t, format: json, by: v, missing: wait, nearest: {dimensions: 3, shared: true, keys: k}} | nearest.vector | Add it
        {name: a, topic: t, format: json, by: v, missing: wait, nearest: {vector: /v, shared: true, keys: k}} | nearest.dimensions | for example dimensions: 384.
        {name: a, topic: t, format: json, by: v, missing: wait, nearest: {vector: /v, dimensions: 1025, shared: true, keys: k}} | nearest.dimensions | The default is
        {name: a, topic: t, format: jsn, by: v, missing: wait, nearest: {vector: /v, dimensions: 3, shared: true, keys: k}} | format | Did you mean json?
        {name: a, topic: t, format: text, by: v, missing: wait, nearest: {vector: '', dimensions: 3, shared: true, keys: k}} | format | A text has no place for a vector.
        {%N, shared: true, keys: k}, tasks: [triaeg]}           | tasks      | Did you mean triage?
        {name: a, by: c, jdbc: {url: 'jdbc:postgresql:x', query: 'select ?'}, attributes: {x: x}, missing: wait, nearest: {}} | nearest | Remove it or choose
        """)
    void mistakeIsNamedWithItsFix(String entry, String key, String fix) {
        List<Problem> problems = Configs.problems(
                "intake: {sources: [{topic: events, format: json, text: /text, task: triage, attributes: {customer: /c}}],"
                        + " enrich: [" + entry.replace("%T", TOPIC).replace("%N", NEAREST) + "]}");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("intake.enrich[0]." + key);
            assertThat(problem.fix()).contains(fix);
        });
    }

    @Test
    void entriesMayNotContradictEachOther() {
        List<Problem> problems = Configs.problems("intake: {enrich: [{" + TOPIC + ", missing: wait}, {" + TOPIC
                + ", missing: wait}, {name: text, topic: crm.customers, format: text, by: c, attributes: {t: ''},"
                + " missing: wait}]}");

        assertThat(problems)
                .extracting(Problem::key)
                .containsExactly(
                        "intake.enrich[1].name", "intake.enrich[1].attributes.plan", "intake.enrich[2].format");
    }

    @Test
    void noMessageShowsAPassword() {
        List<Problem> problems =
                Configs.problems("intake: {enrich: [{name: a, by: c, attributes: {x: x}, missing: wait,"
                        + " jdbc: {url: 'jdbc:nothing://u:geheim@db/crm?password=geheim&ssl=true', password: geheim,"
                        + " query: 'select ?'}}]}");

        assertThat(problems).hasSize(1);
        assertThat(problems.toString()).doesNotContain("geheim").contains("&ssl=true");
        assertThat(new Reference.Login("jdbc:x?password=geheim", "u", "geheim").toString())
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            textBlock =
                    """
        select a from t where id = ?                     | 1
        select a from t                                  | 0
        select a from t where id = ? or x = ?            | 2
        select '?' as "what?", a from t where id = ?     | 1
        select 'it''s?' from t where id = ?              | 1
        select a -- why?                                 | 0
        select a /* ? */ from t where id = ?             | 1
        select a from t where j ?? 'k' and id = ?        | 1
        select 'open ? from t                            | 0
        """)
    void parametersAreCountedOutsideQuotesAndComments(String query, int parameters) {
        assertThat(JdbcQuery.parameters(query)).isEqualTo(parameters);
    }
}

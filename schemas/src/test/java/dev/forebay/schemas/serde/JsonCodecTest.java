package dev.forebay.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.MemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonCodecTest {
    private static final String REQUEST =
            "'request_id':'r','task':'t','text':'hello','issued_at':'2026-01-31T08:30:00Z'";

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private final Codec<Request> requests = codecs.of(CodecsTest.topic(TopicFormat.JSON), Request.class);
    private final Codec<Result> results = codecs.of(CodecsTest.topic(TopicFormat.JSON), Result.class);

    @Test
    void aRequestNeedsNoMoreThanItsRequiredFields() {
        Request request = CodecsTest.good(requests.decode(utf8("{" + REQUEST + "}")));

        assertThat(request.getTenant()).isEqualTo("default");
        assertThat(request.getLane()).isEqualTo(Lane.LIVE);
        assertThat(request.getAttributes()).isEmpty();
        assertThat(request.getExpiresAt()).isNull();
        assertThat(request.getIssuedAt()).isEqualTo(Instant.parse("2026-01-31T08:30:00Z"));
    }

    @Test
    void defaultsAreNotSharedBetweenRecords() {
        Request first = CodecsTest.good(requests.decode(utf8("{" + REQUEST + "}")));
        first.getAttributes().put("a", "b");

        Request second = CodecsTest.good(requests.decode(utf8("{" + REQUEST + "}")));

        assertThat(second.getAttributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'txet':'x'                | MALFORMED     | unknown field 'txet'; did you mean 'text'?",
                "'zzzzzzzzzzzz':1          | MALFORMED     | the fields are request_id, task",
                "'text':'again'            | MALFORMED     | field 'text': is there twice",
                "'lane':'FAST'             | MALFORMED     | field 'lane': expected one of LIVE, BULK",
                "'lane':null               | MALFORMED     | field 'lane': expected one of LIVE, BULK, found null",
                "'tenant':5                | MALFORMED     | field 'tenant': expected a text, found a number",
                "'tenant':{'a':1}          | MALFORMED     | expected a text, found an object",
                "'attributes':[]           | MALFORMED     | field 'attributes': expected an object, found an array",
                "'attributes':{'secret':1} | MALFORMED     | field 'attributes': expected a text, found a number",
                "'attributes':{'a':'1','a':'2'} | MALFORMED | field 'attributes': has the same key twice",
                "'expires_at':'tomorrow'   | MALFORMED     | field 'expires_at': expected a moment such as",
                "'expires_at':1700000000   | MALFORMED     | field 'expires_at': expected a moment such as",
                "'tenant':'\\ud800'        | INVALID_UTF8  | field 'tenant': has half of a surrogate pair",
            })
    void aFieldThatIsNotRightIsNamed(String field, ReasonCode code, String part) {
        CodecsTest.assertBad(requests.decode(utf8("{" + REQUEST + "," + field + "}")), code, part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~               | the value is empty",
                "~  ~             | the value is empty",
                "[]               | expected an object, found an array",
                "null             | expected an object, found null",
                "'text'           | expected an object, found a text",
                "{                | not JSON, at line 1 column",
                "{'a'             | not JSON",
                "hello            | not JSON",
                "{NaN}            | not JSON",
            })
    void whatIsNoObjectIsMalformed(String text, String part) {
        CodecsTest.assertBad(requests.decode(utf8(text)), ReasonCode.MALFORMED, part);
    }

    @Test
    void nothingMayFollowTheObject() {
        CodecsTest.assertBad(
                requests.decode(utf8("{" + REQUEST + "} {}")),
                ReasonCode.MALFORMED,
                "more follows after the JSON object");
    }

    @Test
    void aMissingFieldIsNamedWithItsPath() {
        CodecsTest.assertBad(
                requests.decode(utf8("{'request_id':'r','task':'t','text':''}")),
                ReasonCode.FIELD_MISSING,
                "field 'issued_at': is missing");
        CodecsTest.assertBad(
                results.decode(
                        utf8("{'outcome':{'type':'classification','label':'a','score':1,'scores':[{'score':1}]}}")),
                ReasonCode.FIELD_MISSING,
                "field 'outcome.scores[0].label': is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'vector':[1]}                                       | FIELD_MISSING | field 'outcome.type': is missing",
                "{'type':'picture'}                                   | MALFORMED | field 'outcome.type': expected one of classification, embedding, summary, generation",
                "{'type':5}                                           | MALFORMED | field 'outcome.type': expected a text",
                "{'type':'embedding','type':'summary'}                | MALFORMED | field 'outcome.type': is there twice",
                "{'vector':[1,'x'],'type':'embedding'}                | MALFORMED | field 'outcome.vector[1]': expected a finite number, found a text",
                "{'type':'embedding','vector':[1e99],'normalized':true} | MALFORMED | field 'outcome.vector[0]': expected a finite number",
                "{'type':'embedding','vector':[],'normalized':1}      | MALFORMED | field 'outcome.normalized': expected true or false",
                "{'type':'summary','text':'a','spans':[{'start':1.5,'end':2}]} | MALFORMED | field 'outcome.spans[0].start': expected a whole number of 32 bits",
                "{'type':'summary','text':'a','spans':[{'start':9999999999,'end':2}]} | MALFORMED | field 'outcome.spans[0].start': expected a whole number of 32 bits",
            })
    void anOutcomeThatIsNotRightIsNamedWithItsPath(String outcome, ReasonCode code, String part) {
        CodecsTest.assertBad(results.decode(utf8("{'outcome':" + outcome + "}")), code, part);
    }

    @Test
    void theTypeMayStandLast() {
        String json = new String(results.encode(Records.result(Records.summary())), StandardCharsets.UTF_8);
        assertThat(json)
                .contains(
                        "\"outcome\":{\"type\":\"summary\",\"text\":\"First. Last.\",\"spans\":[{\"start\":0,\"end\":6}");
        String moved = json.replace("{\"type\":\"summary\",\"text\":\"First. Last.\"", "{\"text\":\"First. Last.\"")
                .replace("\"end\":45}]", "\"end\":45}],\"type\":\"summary\"");

        assertThat(results.decode(moved.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Decoded.Good<>(Records.result(Records.summary())));
    }

    @Test
    void theObjectIsFlatAndPlain() {
        String json = new String(requests.encode(Records.request()), StandardCharsets.UTF_8);

        assertThat(json)
                .isEqualTo(("{'request_id':'r-1','task':'classify','tenant':'acme','text':'Où est ma carte? 💳',"
                                + "'attributes':{'channel':'mail'},'lane':'BULK','issued_at':'2026-01-31T08:30:00.125Z',"
                                + "'expires_at':'2026-01-31T08:31:00.125Z'}")
                        .replace('\'', '"'));
    }

    @Test
    void aMomentMayHaveAnOffset() {
        Request request =
                CodecsTest.good(requests.decode(utf8("{" + REQUEST.replace("08:30:00Z", "09:30:00.1239+01:00") + "}")));

        assertThat(request.getIssuedAt()).isEqualTo(Instant.parse("2026-01-31T08:30:00.123Z"));
    }

    @Test
    void bytesThatAreNotUtf8AreNamedByPosition() {
        byte[] bytes = utf8("{" + REQUEST + "}");
        int text = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("hello");
        bytes[text] = (byte) 0xff;

        CodecsTest.assertBad(requests.decode(bytes), ReasonCode.INVALID_UTF8, "from byte " + text + " on");
    }

    @Test
    void noReasonQuotesTheValue() {
        List<String> values = List.of(
                "{'text':{'hunter2':1}}",
                "{'lane':'hunter2'}",
                "{'text':'hunter2",
                "{'expires_at':'hunter2'}",
                "{'attributes':{'hunter2':5}}",
                "hunter2",
                "{'tenant':hunter2}");
        for (String value : values) {
            Decoded<Request> decoded = requests.decode(utf8(value));
            assertThat(decoded).isInstanceOf(Decoded.Bad.class);
            assertThat(((Decoded.Bad<Request>) decoded).message()).as(value).doesNotContain("hunter2");
        }
    }

    @Test
    void aNumberThatJsonDoesNotHaveIsABug() {
        Result result = Records.result(new Embedding(List.of(Float.NaN), false));

        assertThatThrownBy(() -> results.encode(result)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allFloatsSurvive() {
        List<Float> extremes =
                List.of(Float.MIN_VALUE, Float.MAX_VALUE, -0.0f, Float.MIN_NORMAL, Math.nextUp(1f), 0.1f, 1f / 3);

        Result result = Records.result(new Embedding(extremes, false));

        assertThat(CodecsTest.good(results.decode(results.encode(result)))).isEqualTo(result);
    }

    private static byte[] utf8(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}

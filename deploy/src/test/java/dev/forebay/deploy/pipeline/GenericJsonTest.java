package dev.forebay.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Records;
import org.junit.jupiter.api.Test;

class GenericJsonTest {
    @Test
    void anOutcomeSaysWhichKindItIs() {
        Result result = Records.result(Records.summary());

        assertThat(GenericJson.of(result).at("/outcome/type").asText()).isEqualTo("summary");
    }

    @Test
    void aRecordThatStandsAloneNeedsNoType() {
        assertThat(GenericJson.of(Records.request()).has("type")).isFalse();
    }

    @Test
    void bytesThatAreTextAreShownAsText() {
        assertThat(GenericJson.ofBytes(new byte[] {'h', 'i'}).asText()).isEqualTo("hi");
        assertThat(GenericJson.ofBytes(new byte[] {(byte) 0xff}).asText()).isEqualTo("base64:/w==");
    }
}

package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfFloatsTest {
    @Test
    void bf16IsRoundedToTheNearestAndTiesToEven() {
        assertThat(bf16(1.0f)).isEqualTo(1.0f);
        assertThat(bf16(0x1.01p0f)).as("a tie, even below").isEqualTo(0x1.00p0f);
        assertThat(bf16(0x1.03p0f)).as("a tie, even above").isEqualTo(0x1.04p0f);
        assertThat(bf16(0x1.0101p0f)).as("just above a tie").isEqualTo(0x1.02p0f);
        assertThat(bf16(-0x1.03p0f)).isEqualTo(-0x1.04p0f);
        assertThat(bf16(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(bf16(Float.intBitsToFloat(0x7f800001))).isNaN();
    }

    @Test
    void fp16IsRoundedToTheNearestAndTiesToEven() {
        assertThat(HalfFloats.fp16(1.0f)).isEqualTo((short) 0x3c00);
        assertThat(HalfFloats.fp16(-2.0f)).isEqualTo((short) 0xc000);
        assertThat(HalfFloats.fp16(0x1.002p0f)).as("a tie, even below").isEqualTo((short) 0x3c00);
        assertThat(HalfFloats.fp16(0x1.006p0f)).as("a tie, even above").isEqualTo((short) 0x3c02);
        assertThat(HalfFloats.fp16(0x1.0021p0f)).as("just above a tie").isEqualTo((short) 0x3c01);
        assertThat(HalfFloats.fp16(0x1.ffep0f)).as("a carry into the exponent").isEqualTo((short) 0x4000);
        assertThat(HalfFloats.fp16(65504f)).as("the largest").isEqualTo((short) 0x7bff);
        assertThat(HalfFloats.fp16(65520f)).as("rounds beyond it").isEqualTo((short) 0x7c00);
        assertThat(HalfFloats.fp16(-1e9f)).isEqualTo((short) 0xfc00);
        assertThat(HalfFloats.fp16(Float.NaN)).isEqualTo((short) 0x7e00);
        assertThat(HalfFloats.fp16(0x1.0p-14f)).as("the smallest normal").isEqualTo((short) 0x0400);
        assertThat(HalfFloats.fp16(0x1.0p-24f)).as("the smallest").isEqualTo((short) 0x0001);
        assertThat(HalfFloats.fp16(0x1.0p-25f)).as("a tie, even below").isEqualTo((short) 0);
        assertThat(HalfFloats.fp16(0x1.ffep-15f)).as("rounds up to normal").isEqualTo((short) 0x0400);
        assertThat(HalfFloats.fp16(-0.0f)).isEqualTo((short) 0x8000);
    }

    private static float bf16(float value) {
        return Float.intBitsToFloat(HalfFloats.bf16(value) << 16);
    }
}

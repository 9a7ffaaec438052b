package dev.forebay.processors.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedTimestampTest {
    @ParameterizedTest
    @CsvSource({
        "-1, 0",
        "-9223372036854775808, 0",
        "0, 0",
        "1764000000000, 1764000000000",
        "9223372036854775807, 253402300799999"
    })
    void timestampStaysBetweenTheYears1970And9999(long given, long extracted) {
        ConsumerRecord<Object, Object> event = new ConsumerRecord<>(
                "t", 0, 0, given, TimestampType.CREATE_TIME, 0, 0, "k", "v", new RecordHeaders(), Optional.empty());

        assertThat(new BoundedTimestamp().extract(event, 5)).isEqualTo(extracted);
    }
}

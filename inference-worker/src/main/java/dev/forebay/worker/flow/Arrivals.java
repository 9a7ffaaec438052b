package dev.forebay.worker.flow;

import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.RecordPosition;
import dev.forebay.worker.consume.RecordSink;
import dev.forebay.worker.consume.Ticket;
import dev.forebay.worker.state.Quarantine;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes records from the poll thread to the entrance, each with what earlier crashes say of it.
 *
 * @param ticketed makes an input of a record and its claim
 */
public record Arrivals(Entrance entrance, BiFunction<InputRecord, Ticket, InputTicket> ticketed, Quarantine quarantine)
        implements RecordSink {
    @Override
    public void accept(InputRecord record, Ticket ticket) {
        InputTicket input = ticketed.apply(record, ticket);
        entrance.arrive(input.suspected(quarantine.of(input.identity())));
    }

    @Override
    public void passed(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) ->
                quarantine.passed(partition.topic(), partition.partition(), earlier -> earlier < offset));
    }

    @Override
    public void passed(RecordPosition record) {
        TopicPartition partition = record.partition();
        quarantine.passed(partition.topic(), partition.partition(), offset -> offset == record.offset());
    }
}

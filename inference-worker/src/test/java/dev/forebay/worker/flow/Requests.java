package dev.forebay.worker.flow;

import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.Ticket;
import dev.forebay.worker.state.Suspicion;
import dev.forebay.worker.task.Task;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Requests as they come out of the reader. */
final class Requests {
    private static final TopicPartition PARTITION = new TopicPartition("work", 0);

    private Requests() {}

    static Request request(String tenant, Task task, String text, Lane lane) {
        return Request.newBuilder()
                .setRequestId("r")
                .setTenant(tenant)
                .setTask(task.name())
                .setText(text)
                .setLane(lane)
                .setIssuedAt(Instant.EPOCH)
                .build();
    }

    static Assembly assembly(Request request, Task task, long arrived, long deadline) {
        return assembly(request, task, arrived, deadline, Suspicion.NONE);
    }

    static Assembly assembly(Request request, Task task, long arrived, long deadline, Suspicion suspicion) {
        InputRecord record = new InputRecord(PARTITION, 0, 0, null, null, new RecordHeaders(), arrived, 1);
        return new Assembly(
                new InputTicket(record, new Ticket(PARTITION, 1, 0, 1), arrived, suspicion),
                request,
                task,
                task.plan(request.getText()),
                deadline);
    }
}

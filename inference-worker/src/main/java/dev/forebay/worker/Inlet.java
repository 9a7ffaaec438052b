package dev.forebay.worker;

import dev.forebay.schemas.Topics;
import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.InFlight;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.Ticket;
import dev.forebay.worker.flow.Arrivals;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.Stage;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.state.Quarantine;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One topic's way into the worker: its consumers, what of it is in flight, and the threads that read its records. The bulk
 * lane has one of its own, so that a live record waits neither in a fetch, nor at a bound, nor for a tokenizer behind a
 * back-fill.
 */
final class Inlet implements AutoCloseable {
    /** Records that a tokenizer thread takes at once. */
    static final int GROUP_SIZE = 32;

    private final WorkerConfig config;
    private final ScheduledExecutorService later;
    private final Stage<InputTicket> tokenizing;
    private final Entrance entrance;
    private final Reading reading;
    private final List<PollThread> pollThreads;

    /**
     * What an inlet shares with the rest of its worker.
     *
     * @param expireWaiting called between polls
     * @param later for records that must not run yet
     * @param failure of any thread; once there, nothing is drained
     */
    record Shared(
            WorkerConfig config,
            DeliveryMode delivery,
            Quarantine quarantine,
            Runnable expireWaiting,
            ScheduledExecutorService later,
            Obstacles obstacles,
            Failure failure) {}

    /**
     * @param role the end of the thread names, {@code bulk}
     * @param ticketed makes an input of a record and its claim
     * @param read removes from its list the records that it has read
     */
    Inlet(
            String role,
            Topics.Topic topic,
            BiFunction<InputRecord, Ticket, InputTicket> ticketed,
            Consumer<List<InputTicket>> read,
            Shared shared) {
        this.config = shared.config;
        this.later = shared.later;
        this.tokenizing = new Stage<>("tokenize-" + role, GROUP_SIZE, read, shared.obstacles, shared.failure::report);
        this.entrance = new Entrance(shared.delivery.entranceOrder(config.order()), this::enter);
        this.reading = shared.delivery.read(role, topic.name(), new Arrivals(entrance, ticketed, shared.quarantine));
        this.pollThreads = reading.readers().stream()
                .map(reader -> new PollThread(
                        reader,
                        shared.expireWaiting,
                        shared.delivery::stopSending,
                        config.drainTimeout(),
                        shared.failure))
                .toList();
    }

    void start() {
        tokenizing.start(config.tokenizerThreads());
        pollThreads.forEach(PollThread::start);
    }

    /** Takes back the claim of a record that needs nothing more. Any thread. */
    void done(Done record) {
        reading.done().accept(record);
    }

    /** Lets a record run, once its time has come; again where it has run before. Any thread. */
    void enter(InputTicket input) {
        long wait = input.startNanos() - System.nanoTime();
        if (wait <= 0) {
            tokenizing.put(input);
        } else {
            var unused = later.schedule(() -> tokenizing.put(input), wait, TimeUnit.NANOSECONDS);
        }
    }

    /** Lets go on what waits behind a record of its key. Any thread. */
    void ended(InputTicket input) {
        entrance.ended(input);
    }

    /** What was read and is not done yet. Any thread. */
    InFlight inFlight() {
        return reading.inFlight();
    }

    /** Reads nothing more; what is in flight goes on. */
    void stopReading() {
        pollThreads.forEach(PollThread::stopReading);
    }

    /** Waits for what is in flight within the drain timeout, commits, and leaves the group. */
    @Override
    public void close() {
        pollThreads.forEach(PollThread::close);
        tokenizing.close();
    }
}

package dev.forebay.deploy.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.worker.Worker;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process with the real worker over the fake model, so that signals to it are real. It writes samples of its memory
 * while it runs and, when it was stopped and has closed everything, what is left: threads of a worker or a client,
 * connections to the broker, files of the state directory.
 */
public final class FaultWorker {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How many batches run at once. */
    static final int EXECUTORS = 2;

    private static final long SAMPLE_MILLIS = 100;

    private FaultWorker() {}

    /** @param args the configuration, the number of the process, the directory for its files */
    public static void main(String[] args) throws Exception {
        ForebayConfig config = ForebayConfig.read(Path.of(args[0]));
        int number = Integer.parseInt(args[1]);
        Path directory = Path.of(args[2]);
        FakeModel model = new FakeModel(directory.resolve("hang"));
        CompletableFuture<Worker> started = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, config, left(directory, number)), "stop"));
        Worker worker = Worker.start(
                config.worker(),
                new Worker.Workload(model, config.tasks().over(model), EXECUTORS),
                config.kafka(),
                config.topics(),
                config.codecs());
        started.complete(worker);
        try (BufferedWriter samples = Files.newBufferedWriter(samples(directory, number))) {
            while (worker.failure().isEmpty()) {
                long resident = residentBytes();
                if (resident >= 0) {
                    samples.write(JSON.writeValueAsString(sample(number, resident, worker)));
                    samples.write('\n');
                    samples.flush();
                }
                TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
            }
        }
        worker.failure().ifPresent(Throwable::printStackTrace);
        Runtime.getRuntime().halt(1);
    }

    /** Where a process writes its memory samples, one JSON object per line. */
    static Path samples(Path directory, int number) {
        return directory.resolve("worker-" + number + ".samples");
    }

    /** Where a process writes, by name, what outlived its worker. */
    static Path left(Path directory, int number) {
        return directory.resolve("worker-" + number + ".left");
    }

    /** A worker that is not there yet has read nothing, and is not waited for. */
    private static void stop(CompletableFuture<Worker> started, ForebayConfig config, Path left) {
        int code = 1;
        try {
            Worker worker = started.getNow(null);
            if (worker != null) {
                worker.close();
                Map<String, Integer> counts = threads(worker.hangs());
                counts.putAll(open(config));
                Files.writeString(left, JSON.writeValueAsString(counts));
            }
            code = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    /** @param hangs whether one is inside the model and cannot be ended */
    private static Map<String, Integer> threads(boolean hangs) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (hangs && name.startsWith("forebay-infer-")) {
                continue;
            }
            if (name.startsWith("forebay-") || name.startsWith("kafka-") || name.contains("consumer_background")) {
                counts.merge("thread " + name, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Integer> open(ForebayConfig config) throws IOException {
        String broker = config.kafka().common().getOrDefault("bootstrap.servers", "");
        int port = Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
        return Map.of(
                "connection to the broker", OpenFiles.connectionsTo(port),
                "file of the state directory", OpenFiles.below(config.worker().state()));
    }

    private static MemorySample sample(int number, long residentBytes, Worker worker) {
        return new MemorySample(
                number,
                System.nanoTime(),
                heapAfterCollection(),
                residentBytes,
                worker.state().bytesInFlight());
    }

    private static long heapAfterCollection() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getCollectionUsage();
            bytes += usage == null ? 0 : usage.getUsed();
        }
        return bytes;
    }

    /** 0 where the system does not tell; negative where the file cannot be opened now, for lack of descriptors. */
    private static long residentBytes() {
        Path statm = Path.of("/proc/self/statm");
        try {
            return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            return -1;
        }
    }
}

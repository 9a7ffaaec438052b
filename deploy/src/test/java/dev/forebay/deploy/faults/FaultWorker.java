package dev.forebay.deploy.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.worker.Worker;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A process with the real worker over the fake model, so that signals to it are real. It writes samples of its memory
 * while it runs and, when it was stopped and has closed everything, which threads of a worker or a client still live.
 */
public final class FaultWorker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SAMPLE_MILLIS = 100;

    private FaultWorker() {}

    /** @param args the configuration, the number of the process, the directory for its files */
    public static void main(String[] args) throws Exception {
        ForebayConfig config = ForebayConfig.read(Path.of(args[0]));
        int number = Integer.parseInt(args[1]);
        Path directory = Path.of(args[2]);
        FakeModel model = new FakeModel(directory.resolve("hang"));
        Worker worker = Worker.start(
                config.worker(),
                new Worker.Workload(model, config.tasks().over(model), 2),
                config.kafka(),
                config.topics(),
                config.codecs());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, left(directory, number)), "stop"));
        try (BufferedWriter samples = Files.newBufferedWriter(samples(directory, number))) {
            while (worker.failure().isEmpty()) {
                samples.write(JSON.writeValueAsString(sample(number, worker)));
                samples.write('\n');
                samples.flush();
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

    /** Where a process writes, by name, the threads that outlived its worker. */
    static Path left(Path directory, int number) {
        return directory.resolve("worker-" + number + ".left");
    }

    private static void stop(Worker worker, Path left) {
        worker.close();
        try {
            Files.writeString(left, JSON.writeValueAsString(threads()));
        } catch (IOException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, Integer> threads() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.startsWith("forebay-") || name.startsWith("kafka-") || name.contains("consumer_background")) {
                counts.merge(name, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static MemorySample sample(int number, Worker worker) throws IOException {
        return new MemorySample(
                number,
                System.nanoTime(),
                heapAfterCollection(),
                residentBytes(),
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

    /** 0 where the system does not tell. */
    private static long residentBytes() throws IOException {
        Path statm = Path.of("/proc/self/statm");
        if (!Files.exists(statm)) {
            return 0;
        }
        return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
    }
}

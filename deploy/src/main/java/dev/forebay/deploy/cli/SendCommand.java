package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lines to records. */
@Command(
        name = "send",
        description = "Writes each line of standard input to a topic as one record, as it is.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SendCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TOPIC", description = "The topic.")
    private String topic = "";

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    SendCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Object> settings = new HashMap<>(cluster.kafka().forProducer());
        settings.put("acks", "all");
        settings.putIfAbsent("max.block.ms", "15000");
        settings.putIfAbsent("delivery.timeout.ms", "30000");
        settings.putIfAbsent("request.timeout.ms", "10000");
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long count = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && failure.get() == null; line = lines.readLine()) {
                byte[] value = line.getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(new ProducerRecord<>(topic, value), (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
                count++;
            }
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        Exception cause = failure.get();
        if (cause != null) {
            throw FailedException.of("Not every line could be written to " + topic, cause);
        }
        console.say("forebay: wrote " + count + (count == 1 ? " record to " : " records to ") + topic + ".");
        return Failures.DONE;
    }
}

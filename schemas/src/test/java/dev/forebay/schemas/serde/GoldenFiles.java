package dev.forebay.schemas.serde;

import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.registry.MemoryRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Every version that our records ever had, and the way to write the next one. */
final class GoldenFiles {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private GoldenFiles() {}

    /** Writes a new version of every file; run it in the directory of the module. */
    public static void main(String[] args) throws IOException {
        Path directory = DIRECTORY.resolve("v" + (versions().size() + 1));
        Files.createDirectories(directory);
        for (Map.Entry<String, SpecificRecord> example : examples().entrySet()) {
            SpecificRecord record = example.getValue();
            Files.writeString(directory.resolve(schemaFile(record)), schema(record) + "\n");
            Files.write(directory.resolve(example.getKey() + ".bin"), encoded(record, TopicFormat.AVRO));
            Files.write(directory.resolve(example.getKey() + ".json"), encoded(record, TopicFormat.JSON));
        }
    }

    /** The examples by the name of their files. */
    static Map<String, SpecificRecord> examples() {
        Map<String, SpecificRecord> examples = new LinkedHashMap<>();
        examples.put("request", Records.request());
        examples.put("result-classification", Records.result(Records.classification()));
        examples.put("result-embedding", Records.result(Records.embedding()));
        examples.put("result-summary", Records.result(Records.summary()));
        examples.put("result-generation", Records.result(Records.generation()));
        examples.put("review-decision", Records.reviewDecision());
        examples.put("rejection", Records.rejection());
        examples.put("dead-letter", Records.deadLetter());
        examples.put("completion", Records.completion());
        return examples;
    }

    /** The directories of all versions, oldest first. */
    static List<Path> versions() {
        try (Stream<Path> entries = Files.list(DIRECTORY)) {
            return entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(version ->
                            Integer.valueOf(version.getFileName().toString().substring(1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema schema(SpecificRecord record) {
        return WriterSchema.of(SpecificData.getForClass(record.getClass()).getSchema(record.getClass()));
    }

    static Schema schema(Path version, SpecificRecord record) throws IOException {
        return new Schema.Parser().parse(Files.readString(version.resolve(schemaFile(record)), StandardCharsets.UTF_8));
    }

    /** The example in a format, with schema id 1. */
    static byte[] encoded(SpecificRecord record, TopicFormat format) {
        return codec(new MemoryRegistry(), record, format).encode(record);
    }

    @SuppressWarnings("unchecked") // the codec is for the class of the record that it is given
    static Codec<SpecificRecord> codec(MemoryRegistry registry, SpecificRecord record, TopicFormat format) {
        return Codecs.over(registry).of(new Topics.Topic("t", format), (Class<SpecificRecord>) record.getClass());
    }

    private static String schemaFile(SpecificRecord record) {
        return record.getSchema().getName().toLowerCase(Locale.ROOT) + ".avsc";
    }
}

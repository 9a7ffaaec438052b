package dev.forebay.deploy.deadletters;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.Position;
import dev.forebay.deploy.pipeline.TopicScan;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The dead letters that there were when this was opened. */
public final class LetterReader implements AutoCloseable {
    private final TopicScan scan;
    private final Codec<DeadLetter> codec;

    private LetterReader(TopicScan scan, Codec<DeadLetter> codec) {
        this.scan = scan;
        this.codec = codec;
    }

    /** @throws dev.forebay.deploy.console.FailedException where the topic is missing, or no broker answers */
    public static LetterReader open(ForebayConfig config, Codecs codecs) {
        Topics.Topic topic = config.topics().deadLetters();
        return new LetterReader(new TopicScan(config.kafka(), topic.name()), codecs.of(topic, DeadLetter.class));
    }

    /**
     * Gives the letters that match, partition after partition, until the visitor answers false.
     *
     * @return the records seen on the way that are no dead letters
     */
    public Strangers read(LetterFilter filter, Predicate<Letter> visitor) {
        Strangers strangers = new Strangers();
        scan.forEach(record -> {
            Position position = new Position(record.partition(), record.offset());
            return decoded(record)
                    .fold(
                            good -> {
                                Letter letter = new Letter(position, good.value());
                                return !filter.matches(letter) || visitor.test(letter);
                            },
                            bad -> strangers.add(position, bad.message()));
        });
        return strangers;
    }

    /** What stands at a position: a letter, or why what stands there is none. Empty where nothing does. */
    public Optional<Decoded<Letter>> at(Position position) {
        return scan.at(position).map(record -> decoded(record)
                .<Decoded<Letter>>fold(
                        good -> new Decoded.Good<>(new Letter(position, good.value())),
                        bad -> new Decoded.Bad<>(bad.code(), bad.message())));
    }

    @Override
    public void close() {
        scan.close();
    }

    private Decoded<DeadLetter> decoded(ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value());
    }

    /** Records of the topic that are no dead letters: how many, and the first of them. */
    public static final class Strangers {
        private long count;
        private String first = "";

        private boolean add(Position position, String reason) {
            if (count++ == 0) {
                first = position + ": " + reason;
            }
            return true;
        }

        public long count() {
            return count;
        }

        /** {@code 0-17: the value has 3 bytes}; empty where there is none. */
        public String first() {
            return first;
        }
    }
}

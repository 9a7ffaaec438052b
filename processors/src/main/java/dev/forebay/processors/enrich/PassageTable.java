package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfPassages;
import dev.forebay.processors.enrich.Reference.Passages;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.retrieve.Hit;
import dev.forebay.processors.retrieve.Passage;
import dev.forebay.processors.retrieve.PassageIndex;
import dev.forebay.processors.retrieve.PassageReader;
import dev.forebay.processors.retrieve.UnitVector;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is kept of a topic of passages: their vectors, and the texts at the places that any of its entries asks for. */
final class PassageTable {
    private final Passages passages;
    private final List<Place> columns;
    private final PassageReader reader;
    private final PassageIndex index;

    private PassageTable(Passages passages, List<Place> columns, Codecs codecs, InstantSource clock) {
        this.passages = passages;
        this.columns = columns;
        this.reader = new PassageReader(passages.format().reader(codecs), passages.shape(), columns);
        this.index = new PassageIndex(passages.limit(), clock);
    }

    /** @param references to one topic, which they read alike; at least one */
    static PassageTable of(List<OfPassages> references, Codecs codecs, InstantSource clock) {
        List<Place> columns =
                references.stream().flatMap(PassageTable::places).distinct().toList();
        return new PassageTable(references.get(0).passages(), columns, codecs, clock);
    }

    private static Stream<Place> places(OfPassages reference) {
        Stream<Place> named = reference.places().values().stream();
        return reference.told().context() == null
                ? named
                : Stream.concat(named, Stream.of(reference.told().text()));
    }

    String topic() {
        return passages.topic();
    }

    /**
     * Takes a record of the topic.
     *
     * @return why it counts as absent; empty where it does not, or deletes its key
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where the schema cannot be looked up
     */
    Optional<String> keep(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) {
            return Optional.of("it has no key");
        }
        return PassageReader.key(key).fold(named -> keep(named.value(), value), PassageTable::why);
    }

    private Optional<String> keep(String key, byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            index.delete(key);
            return value == null ? Optional.empty() : Optional.of("its value has no bytes");
        }
        return reader.read(key, value).fold(good -> keep(good.value()), bad -> {
            index.delete(key);
            return why(bad);
        });
    }

    private Optional<String> keep(Passage passage) {
        return index.put(passage)
                ? Optional.empty()
                : Optional.of("there are " + passages.limit() + " passages already, as many as nearest.limit allows");
    }

    private static Optional<String> why(Decoded.Bad<?> bad) {
        return Optional.of(bad.code().code() + ": " + bad.message());
    }

    /** @param tenant of the request, which counts where passages have tenants */
    List<Hit> nearest(OfPassages reference, UnitVector vector, String tenant) {
        boolean ofTenants = passages.shape().tenant() != null;
        return index.nearest(vector, ofTenants ? tenant : null, reference.most(), reference.least());
    }

    /** @param place that one of the table's references asks for */
    String text(Hit hit, Place place) {
        return hit.texts().get(columns.indexOf(place));
    }
}

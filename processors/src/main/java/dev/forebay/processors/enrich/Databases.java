package dev.forebay.processors.enrich;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.forebay.processors.enrich.Reference.OfQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The databases of an intake: one for each entry that asks one, with what is remembered of it, for all partitions. */
public final class Databases implements AutoCloseable {
    private final Map<Enricher, Lookup> lookups = new HashMap<>();
    private final List<Database> open = new ArrayList<>();

    synchronized Lookup lookup(Enricher enricher, OfQuery query) {
        return lookups.computeIfAbsent(enricher, asking -> {
            Database database = new Database(query);
            open.add(database);
            return new CachedLookup(database, found -> isFinal(asking, found), query.cache(), Ticker.systemTicker());
        });
    }

    /** What is waited for would otherwise not be seen before it is forgotten that it was not there. */
    private static boolean isFinal(Enricher enricher, Optional<Map<String, String>> found) {
        return enricher.missing() != Missing.WAIT
                || found.filter(row ->
                                row.size() == enricher.reference().attributes().size())
                        .isPresent();
    }

    /** Waits for no query. */
    @Override
    public synchronized void close() {
        open.forEach(Database::close);
        open.clear();
        lookups.clear();
    }
}

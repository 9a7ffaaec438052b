package dev.forebay.processors.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.forebay.processors.enrich.Reference.Caching;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Remembers for a while what was found, but for answers that are waited to change. */
final class CachedLookup implements Lookup {
    private final Lookup source;
    private final Predicate<Optional<Map<String, String>>> isFinal;
    private final Cache<String, Optional<Map<String, String>>> cache;

    /** @param isFinal whether an answer may be remembered */
    CachedLookup(Lookup source, Predicate<Optional<Map<String, String>>> isFinal, Caching caching, Ticker ticker) {
        this.source = source;
        this.isFinal = isFinal;
        this.cache = Caffeine.newBuilder()
                .maximumSize(caching.size())
                .expireAfterWrite(caching.life())
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Optional<Map<String, String>> find(String key) {
        Optional<Map<String, String>> known = cache.getIfPresent(key);
        if (known != null) {
            return known;
        }
        Optional<Map<String, String>> found = source.find(key);
        if (isFinal.test(found)) {
            cache.put(key, found);
        }
        return found;
    }
}

package dev.forebay.processors.confidence;

import dev.forebay.processors.confidence.Confidence.Unknown;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the results whose confidence is unknown, and says so in the log once for each task and model. Safe for use by
 * several threads.
 */
public final class Uncalibrated {
    private static final Logger log = LoggerFactory.getLogger(Uncalibrated.class);
    /** Versions come from records, so whoever writes these could fill the memory. */
    private static final int MOST_SAID = 100;

    private final LongAdder count = new LongAdder();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    public void note(Unknown unknown) {
        count.increment();
        if (said.size() < MOST_SAID && said.add(unknown.why())) {
            log.warn("uncalibrated {} 'forebay calibrate' makes a calibration for it.", unknown.why());
        }
    }

    /** Since the start. */
    public long count() {
        return count.sum();
    }
}

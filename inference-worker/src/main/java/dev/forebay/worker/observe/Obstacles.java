package dev.forebay.worker.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker waits for because somebody else has to mend it. Each is logged when it is met and when it is gone, however
 * often it is tried in between. Any thread.
 */
public final class Obstacles {
    private static final Logger LOG = LoggerFactory.getLogger(Obstacles.class);

    private final Map<String, String> met = new ConcurrentSkipListMap<>();

    /**
     * Something does not go on.
     *
     * @param what stands still
     * @param cause why, in words for whoever mends it
     */
    public void met(String what, String cause) {
        if (met.put(what, cause) == null) {
            LOG.warn("waiting what={} cause={}", what, cause);
        }
    }

    /** It goes on; again is harmless. */
    public void gone(String what) {
        if (!met.isEmpty() && met.remove(what) != null) {
            LOG.info("goes_on what={}", what);
        }
    }

    /** What stands still now, with the cause. */
    public Map<String, String> now() {
        return Map.copyOf(met);
    }
}

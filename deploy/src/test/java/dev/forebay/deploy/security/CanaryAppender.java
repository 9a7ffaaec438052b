package dev.forebay.deploy.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/** Everything that is logged, at the level that {@code FOREBAY_LOG=debug} sets, looked through for secrets. */
final class CanaryAppender extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    /** What every secret of these tests begins with. */
    static final String CANARY = "canary-";

    private final ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();
    private final AtomicLong events = new AtomicLong();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();

    CanaryAppender() {
        setContext(root.getLoggerContext());
        start();
        root.iteratorForAppenders().forEachRemaining(appender -> {
            ch.qos.logback.classic.filter.ThresholdFilter warnings =
                    new ch.qos.logback.classic.filter.ThresholdFilter();
            warnings.setLevel("WARN");
            warnings.start();
            appender.addFilter(warnings);
        });
        root.addAppender(this);
        root.setLevel(Level.DEBUG);
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.incrementAndGet();
        String text = event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
        if (text.contains(CANARY)) {
            leaks.add(event.getLoggerName() + " " + text);
        }
    }

    List<String> leaks() {
        return List.copyOf(leaks);
    }

    long events() {
        return events.get();
    }

    @Override
    public void close() {
        root.setLevel(before);
        root.detachAppender(this);
        root.iteratorForAppenders().forEachRemaining(appender -> appender.clearAllFilters());
    }
}

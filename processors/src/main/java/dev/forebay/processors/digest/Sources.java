package dev.forebay.processors.digest;

import dev.forebay.processors.event.Event.Position;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the requests of a window were read: for each partition the first offset and the last. There is one for each
 * partition of two topics at most.
 *
 * @param ranges by {@code topic-partition}
 */
record Sources(SortedMap<String, Range> ranges) {
    static final Sources NONE = new Sources(new TreeMap<>());

    /** Both ends belong to it. */
    record Range(long first, long last) {
        Range and(Range other) {
            return new Range(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    Sources and(Position position) {
        return and(
                Map.of(position.topic() + "-" + position.partition(), new Range(position.offset(), position.offset())));
    }

    Sources and(Sources other) {
        return and(other.ranges);
    }

    private Sources and(Map<String, Range> more) {
        SortedMap<String, Range> all = new TreeMap<>(ranges);
        more.forEach((partition, range) -> all.merge(partition, range, Range::and));
        return new Sources(all);
    }

    /** {@code topic-0:12-99,topic-1:7-7}; where not all fit, {@code ,+3} says how many partitions are left out. */
    String written(int mostChars) {
        StringBuilder text = new StringBuilder();
        int written = 0;
        for (Map.Entry<String, Range> source : ranges.entrySet()) {
            String next = (written == 0 ? "" : ",") + source.getKey() + ":"
                    + source.getValue().first() + "-" + source.getValue().last();
            if (text.length() + next.length() > mostChars) {
                return text.append(written == 0 ? "+" : ",+")
                        .append(ranges.size() - written)
                        .toString();
            }
            text.append(next);
            written++;
        }
        return text.toString();
    }
}

package dev.forebay.worker.state;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * In how many crashes each record was in the engine. Bounded: those of the oldest crash go first. Not safe for use by
 * several threads.
 */
final class Suspects {
    private static final String BLANK = " ";
    private static final int FIELDS = 6;

    private final int most;
    private final Map<RecordIdentity, Integer> crashes = new LinkedHashMap<>();

    Suspects(int most) {
        this.most = most;
    }

    /** Takes in what {@link #lines} gave; what is no such line, because a disk failed, is left out. */
    void read(Collection<String> lines) {
        for (String line : lines) {
            String[] fields = line.split(BLANK, -1);
            try {
                if (fields.length == FIELDS) {
                    crashes.put(identity(fields), Integer.parseInt(fields[0]));
                }
            } catch (NumberFormatException e) {
                // as said above
            }
        }
    }

    private static RecordIdentity identity(String[] fields) {
        return new RecordIdentity(
                fields[1],
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Integer.parseInt(fields[5]));
    }

    /** One line for each, the oldest first. */
    List<String> lines() {
        return crashes.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(RecordIdentity record, int count) {
        return String.join(
                BLANK,
                Integer.toString(count),
                record.topic(),
                Integer.toString(record.partition()),
                Long.toString(record.offset()),
                Long.toString(record.timestamp()),
                Integer.toString(record.size()));
    }

    /** These were in the engine when the process crashed. */
    void crashedWith(Collection<RecordIdentity> records) {
        for (RecordIdentity record : new LinkedHashSet<>(records)) {
            Integer before = crashes.remove(record);
            crashes.put(record, before == null ? 1 : before + 1);
        }
        Iterator<RecordIdentity> oldest = crashes.keySet().iterator();
        while (crashes.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }

    Suspicion of(RecordIdentity record) {
        return Suspicion.after(crashes.getOrDefault(record, 0));
    }

    /** Forgets the records of a partition at some offsets; true where there were some. */
    boolean forget(String topic, int partition, LongPredicate offsets) {
        return crashes.keySet()
                .removeIf(record -> offsets.test(record.offset())
                        && record.partition() == partition
                        && record.topic().equals(topic));
    }

    int size() {
        return crashes.size();
    }
}

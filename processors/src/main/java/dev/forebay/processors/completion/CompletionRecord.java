package dev.forebay.processors.completion;

import dev.forebay.processors.completion.Completing.Told;
import dev.forebay.schemas.record.Completion;
import dev.forebay.schemas.record.EndKind;
import dev.forebay.schemas.record.PartEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of an event whose requests have ended, or whose time is over. */
final class CompletionRecord {
    /** More would be too large for a topic with any long id. */
    private static final int MOST_REQUESTS = 5_000;

    private CompletionRecord() {}

    /** @param halved how often its list is, because the record would be too large for its topic */
    static Completion of(Told told, int halved, Instant now) {
        OpenEvent event = told.event();
        List<PartKey> all = event.all();
        List<PartKey> listed = listed(told, all, Math.min(all.size(), MOST_REQUESTS) >> Math.min(halved, 31));
        boolean complete = event.progress().open() == 0;
        return Completion.newBuilder()
                .setEventId(event.key().eventId())
                .setTenant(event.key().tenant())
                .setTopic(event.at().topic())
                .setPartition(event.at().partition())
                .setOffset(event.at().offset())
                .setParts(event.parts())
                .setComplete(complete)
                .setRequests(listed.stream()
                        .map(request -> ended(event.key(), request, told.ends().get(request), now))
                        .toList())
                .setLeftOut(all.size() - listed.size())
                .setCompletedAt(complete ? lastEnd(told, now) : now)
                .build();
    }

    /** As many as there is room for; of results, there is a record elsewhere. */
    private static List<PartKey> listed(Told told, List<PartKey> all, int room) {
        if (all.size() <= room) {
            return all;
        }
        List<PartKey> listed = new ArrayList<>();
        for (boolean results : List.of(false, true)) {
            all.stream()
                    .filter(request -> isResult(told.ends().get(request)) == results)
                    .limit(room - listed.size())
                    .forEach(listed::add);
        }
        listed.sort(Comparator.comparingInt(PartKey::part));
        return listed;
    }

    private static boolean isResult(@Nullable End end) {
        return end != null && end.kind() == EndKind.RESULT;
    }

    private static PartEnd ended(EventKey event, PartKey request, @Nullable End end, Instant now) {
        PartEnd.Builder ended = PartEnd.newBuilder()
                .setRequestId(request.requestId(event.eventId()))
                .setPart(request.part())
                .setEnd(end == null ? EndKind.MISSING : end.kind());
        return end == null
                ? ended.setEndedAt(now).build()
                : ended.setLabel(end.label())
                        .setScore(end.score())
                        .setCode(end.code())
                        .setEndedAt(Instant.ofEpochMilli(end.at()))
                        .build();
    }

    /** A clock of another machine may be ahead. */
    private static Instant lastEnd(Told told, Instant now) {
        long last = Collections.max(told.ends().values().stream().map(End::at).toList());
        return Instant.ofEpochMilli(Math.min(last, now.toEpochMilli()));
    }
}

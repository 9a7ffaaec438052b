package dev.forebay.processors.digest;

import dev.forebay.processors.digest.Digest.Bounds;
import dev.forebay.processors.event.Attributes;
import dev.forebay.schemas.record.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The request that a closed window becomes; its id is made of digest, group and start, so that it is always the same. */
final class DigestRequest {
    /** The attribute that tells the offsets has no more. */
    static final int MOST_SOURCES_CHARS = 1_000;

    private DigestRequest() {}

    static String id(OpenWindow window) {
        return window.key().group().path() + "/"
                + Instant.ofEpochMilli(window.span().start());
    }

    /**
     * The request, or empty where there is nothing to summarize.
     *
     * @param halved how often its characters are, because it would be too large for its topic
     */
    static Optional<Request> of(Digest digest, Closed closed, int halved, Instant now) {
        OpenWindow window = closed.window();
        List<KeptText> texts = chosen(closed, halved);
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        Instant end = Instant.ofEpochMilli(window.span().end());
        return Optional.of(Request.newBuilder()
                .setRequestId(id(window))
                .setTask(digest.asking().task())
                .setTenant(window.key().group().tenant())
                .setText(joined(texts))
                .setAttributes(attributes(
                        window,
                        texts.size(),
                        window.tally().leftOut() + closed.texts().size() - texts.size()))
                .setLane(digest.asking().lane())
                .setIssuedAt(end.isAfter(now) ? now : end)
                .build());
    }

    /** Those of the lowest ranks that there is room for. */
    private static List<KeptText> chosen(Closed closed, int halved) {
        long room = closed.window().tally().chars() >> Math.min(halved, Integer.SIZE);
        List<KeptText> chosen = new ArrayList<>();
        for (KeptText text : closed.texts()) {
            room -= text.cost();
            if (room < 0) {
                break;
            }
            chosen.add(text);
        }
        return chosen;
    }

    private static String joined(List<KeptText> texts) {
        return texts.stream()
                .sorted(Comparator.comparingLong(KeptText::time))
                .map(KeptText::text)
                .collect(Collectors.joining(Bounds.BETWEEN));
    }

    private static Map<String, String> attributes(OpenWindow window, int texts, long leftOut) {
        Group group = window.key().group();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(Attributes.DIGEST, group.digest());
        if (group.value() != null) {
            attributes.put("group", group.value());
        }
        attributes.put(
                "window_start", Instant.ofEpochMilli(window.span().start()).toString());
        attributes.put("window_end", Instant.ofEpochMilli(window.span().end()).toString());
        attributes.put("texts", String.valueOf(texts));
        attributes.put("left_out", String.valueOf(leftOut));
        attributes.put("late", String.valueOf(window.tally().late()));
        attributes.put("sources", window.sources().written(MOST_SOURCES_CHARS));
        return attributes;
    }
}

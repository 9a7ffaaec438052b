package dev.forebay.processors.digest;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.RequestKey;
import dev.forebay.schemas.record.Request;

/**
 * A request that belongs to a group.
 *
 * @param text as it goes into a digest; blank where there was no room for it on the way
 * @param source where it was read first
 */
record GroupEvent(Group group, Digest digest, KeptText text, Position source) {
    /** The bytes of a hash that are kept for each text. */
    static final int RANK_BYTES = 16;

    static GroupEvent of(Group group, Digest digest, Request request, Position source) {
        byte[] rank = new byte[RANK_BYTES];
        System.arraycopy(RequestKey.of(request.getTenant(), request.getRequestId()), 0, rank, 0, RANK_BYTES);
        String text = Texts.first(request.getText(), digest.asking().bounds().textChars());
        return new GroupEvent(
                group, digest, new KeptText(rank, request.getIssuedAt().toEpochMilli(), text), source);
    }

    /** When the request was issued, but within 1970 and now. */
    long time(long now) {
        return Math.max(0, Math.min(text.time(), now));
    }
}

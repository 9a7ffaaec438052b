package dev.forebay.worker.flow;

import dev.forebay.worker.batch.Item;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.state.RecordIdentity;
import dev.forebay.worker.task.Task;

/** One text, as it waits for a place in a batch; others may wait for its outcome. */
public record EncodeItem(Slot slot, Tokens tokens) {
    /** With its tokens as its cost, and the times of the request that it stands for now. */
    Item<EncodeItem> queued() {
        Assembly assembly = slot.assembly();
        return new Item<>(this, tokens.count(), assembly.arrivalNanos(), assembly.deadlineNanos(), assembly.lane());
    }

    /** Of which it is a text. */
    RecordIdentity record() {
        return slot.assembly().input().identity();
    }

    boolean refusedForLength() {
        return tokens.truncated() && slot.assembly().task().overlong() == Task.Overlong.REJECT;
    }
}

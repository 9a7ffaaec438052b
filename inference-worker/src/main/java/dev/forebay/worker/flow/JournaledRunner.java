package dev.forebay.worker.flow;

import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.state.RecordIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs batches of texts, and has it noted of which records they are while the engine has them. */
public final class JournaledRunner {
    private final BatchRunner runner;
    private final Journal journal;

    /** Where the next life of the process finds what the engine had when this one crashed. */
    public interface Journal {
        /** Notes records, once for each of their texts, until the presence is closed. */
        BatchRunner.Presence enter(List<RecordIdentity> records);
    }

    public JournaledRunner(BatchRunner runner, Journal journal) {
        this.runner = runner;
        this.journal = journal;
    }

    Model model() {
        return runner.model();
    }

    /** One outcome per item, in order. */
    List<ItemOutcome> run(Batch<EncodeItem> batch) {
        List<Tokens> tokens = new ArrayList<>(batch.count());
        List<RecordIdentity> records = new ArrayList<>(batch.count());
        for (Item<EncodeItem> item : batch.items()) {
            tokens.add(item.payload().tokens());
            records.add(item.payload().record());
        }
        Supplier<BatchRunner.Presence> entering = () -> journal.enter(records);
        return batch.reason() == Batch.Reason.ALONE
                ? List.of(runner.runAlone(tokens.get(0), entering))
                : runner.run(tokens, entering);
    }
}

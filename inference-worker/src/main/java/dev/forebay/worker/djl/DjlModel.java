package dev.forebay.worker.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.KneeSearch;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.OutOfMemoryException;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelCard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An encoder on one of DJL's engines. Holds one predictor per executor: as many batches run at once, a further caller
 * waits its turn. Closing waits for the calls inside; freed under one of them the engine would bring the process down.
 */
public final class DjlModel implements Model {
    private static final Logger LOG = LoggerFactory.getLogger(DjlModel.class);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(60);
    private static final int MAX_REASON = 200;
    private static final String TORCHSCRIPT_ERROR = "RuntimeError: ";
    private static final Inference PENDING = new Inference.Invalid("not run");

    private final ModelDescription description;
    private final int vocabulary;
    private final Tokenizer tokenizer;
    private final List<Encoder> encoders;
    private final Queue<Executor> executors = new ConcurrentLinkedQueue<>();
    private final int count;
    private final int threads;
    private final Semaphore free;
    private final Leases leases = new Leases();

    /**
     * How a model is run.
     *
     * @param device {@code auto}, {@code cpu} or {@code gpu:N}
     * @param executors batches that run at once, in turn on the devices
     * @param threads of the engine within one batch
     * @param maxTokens a window smaller than the model's own; 0 for the model's own
     */
    public record Options(String device, int executors, int threads, int maxTokens) {}

    /** What one batch runs on. */
    private record Executor(Encoder encoder, Predictor<List<Tokens>, List<Inference>> predictor) {}

    private DjlModel(
            ModelDescription description,
            int vocabulary,
            Tokenizer tokenizer,
            List<Encoder> encoders,
            Options options) {
        this.description = description;
        this.vocabulary = vocabulary;
        this.tokenizer = tokenizer;
        this.encoders = encoders;
        this.count = options.executors();
        this.threads = options.threads();
        this.free = new Semaphore(count);
        for (int i = 0; i < count; i++) {
            Encoder encoder = encoders.get(i % encoders.size());
            executors.add(new Executor(encoder, encoder.newPredictor()));
        }
    }

    /**
     * Loads a model after its files were checked, and runs it once.
     *
     * @throws IOException where a file is missing or was changed
     * @throws ModelException where the engine cannot run it
     */
    public static DjlModel load(InstalledModel installed, Options options) throws IOException {
        ModelCard card = installed.card();
        int window = window(card, options);
        byte[] weights = installed.read(card.variant().weights());
        List<Device> devices = Encoders.devices(card.variant(), options.device());
        ModelDescription description = new ModelDescription(
                card.name(),
                card.version(),
                card.dimension(),
                window,
                card.variant().code(),
                Engines.name(devices));
        Tokenizer tokenizer = tokenizer(installed, window);
        List<Encoder> encoders = new ArrayList<>();
        try (ExitGuard guard = ExitGuard.open()) {
            for (Device device : devices) {
                guard.check();
                encoders.add(Encoders.load(card.variant(), weights, description, device, options.threads()));
            }
            DjlModel model = new DjlModel(description, card.vocabulary(), tokenizer, encoders, options);
            model.runEachOnce();
            return model;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            encoders.forEach(Encoder::close);
            tokenizer.close();
            throw unusable("model", installed, e);
        }
    }

    private static Tokenizer tokenizer(InstalledModel installed, int window) throws IOException {
        byte[] json = installed.read(InstalledModel.TOKENIZER);
        try {
            return new Tokenizer(json, window);
        } catch (IOException | RuntimeException e) {
            throw unusable("tokenizer", installed, e);
        }
    }

    private static ModelException unusable(String what, InstalledModel installed, Exception e) {
        return new ModelException(
                "the " + what + " in " + installed.directory() + " cannot be loaded: " + reason(e), e);
    }

    /** The first forward of a module switches it to inference, which is not safe for several threads at once. */
    private void runEachOnce() {
        List<Tokens> first = tokenize(List.of("first call"));
        for (int i = 0; i < count; i++) {
            infer(first);
        }
    }

    private static int window(ModelCard card, Options options) {
        if (options.maxTokens() > card.maxTokens()) {
            throw new ModelException("models.max-tokens is " + options.maxTokens() + ", but the window of "
                    + card.name() + " is " + card.maxTokens() + "; set it to that or less");
        }
        return options.maxTokens() == 0 ? card.maxTokens() : options.maxTokens();
    }

    @Override
    public ModelDescription describe() {
        return description;
    }

    /** How many batches run at once. */
    public int executors() {
        return count;
    }

    /** Threads of the engine within one batch. */
    public int threads() {
        return threads;
    }

    /** The engine that runs it, with its version. */
    public String engine() {
        return encoders.get(0).engine();
    }

    @Override
    public void warmUp() {
        try (ExitGuard guard = ExitGuard.open();
                Warmup warmup = new Warmup(this, count, guard::exiting, System::nanoTime)) {
            warmup.runCommonShapes();
        }
    }

    @Override
    public void measure(KneeSearch search) {
        try (ExitGuard guard = ExitGuard.open();
                Warmup warmup = new Warmup(this, count, guard::exiting, System::nanoTime)) {
            warmup.measure(search);
        }
    }

    @Override
    public List<Tokens> tokenize(List<String> texts) {
        try (Leases.Lease inside = lease()) {
            return texts.isEmpty() ? List.of() : tokenizer.tokenize(texts);
        }
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        List<Inference> outcomes = new ArrayList<>(batch.size());
        List<Tokens> sound = new ArrayList<>(batch.size());
        for (Tokens tokens : batch) {
            String fault = fault(tokens);
            outcomes.add(fault.isEmpty() ? PENDING : new Inference.Invalid(fault));
            if (fault.isEmpty()) {
                sound.add(tokens);
            }
        }
        Iterator<Inference> rows =
                sound.isEmpty() ? Collections.emptyIterator() : run(sound).iterator();
        outcomes.replaceAll(outcome -> outcome == PENDING ? rows.next() : outcome);
        return outcomes;
    }

    private List<Inference> run(List<Tokens> batch) {
        try (Leases.Lease inside = lease()) {
            // not interruptible: an interrupt would turn sound texts into dead letters
            free.acquireUninterruptibly();
            Executor executor = executors.remove();
            try {
                executor.encoder.enter();
                return rows(executor.predictor, batch);
            } finally {
                executors.add(executor);
                free.release();
            }
        }
    }

    private static List<Inference> rows(Predictor<List<Tokens>, List<Inference>> predictor, List<Tokens> batch) {
        try {
            List<Inference> rows = predictor.predict(batch);
            if (rows.size() != batch.size()) {
                throw new ModelException(rows.size() + " rows for a batch of " + batch.size());
            }
            return rows;
        } catch (TranslateException | IllegalStateException e) {
            String message = "the engine failed on a batch of " + batch.size() + ": " + reason(e);
            throw OutOfMemoryException.caused(e)
                    ? new OutOfMemoryException(message, e)
                    : new ModelException(message, e);
        }
    }

    /**
     * The engine's own complaint in one line: of an error inside a TorchScript module its last line, which follows the
     * trace. It speaks of shapes, memory and processors, never of the texts.
     */
    static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        List<String> lines = String.valueOf(root.getMessage())
                .lines()
                .filter(l -> !l.isBlank())
                .toList();
        String line = lines.stream()
                .filter(l -> l.startsWith(TORCHSCRIPT_ERROR))
                .map(l -> l.substring(TORCHSCRIPT_ERROR.length()))
                .reduce((first, last) -> last)
                .or(() -> lines.stream().findFirst())
                .orElse("");
        return line.substring(0, Math.min(line.length(), MAX_REASON));
    }

    /** Bad ids are an error in one engine, numbers in another and a crash on a GPU: they never get there. */
    private String fault(Tokens tokens) {
        if (tokens.count() == 0 || tokens.count() > description.maxTokens()) {
            return tokens.count() + " tokens where 1 to " + description.maxTokens() + " fit the window";
        }
        for (long id : tokens.ids()) {
            if (id < 0 || id >= vocabulary) {
                return "the token id " + id + " where 0 to " + (vocabulary - 1) + " exist";
            }
        }
        return "";
    }

    private Leases.Lease lease() {
        try {
            return leases.take();
        } catch (IllegalStateException e) {
            throw new ModelException("the model " + description.name() + " is closed", e);
        }
    }

    @Override
    public void close() {
        Leases.Closing closing = leases.close(CLOSE_BOUND);
        if (closing == Leases.Closing.IDLE) {
            executors.forEach(executor -> executor.predictor.close());
            encoders.forEach(Encoder::close);
            tokenizer.close();
        } else if (closing == Leases.Closing.BUSY) {
            LOG.warn(
                    "a call is still inside the model {} after {}; its memory is not freed",
                    description.name(),
                    CLOSE_BOUND);
        }
    }
}

package dev.forebay.deploy.bench;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.worker.infer.ModelDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * With what a bench ran.
 *
 * @param model null where none was loaded
 * @param paddedTokens the worker's budget for a batch
 * @param texts what they are like; null where there were none
 */
record Settings(
        String command,
        String version,
        String commit,
        String startedAt,
        @Nullable ModelDescription model,
        int executors,
        int threads,
        int paddedTokens,
        int count,
        int lookAhead,
        int inFlightRecords,
        int rounds,
        long seed,
        @Nullable Lengths texts) {

    /** The tokens of the texts of a round. */
    record Lengths(String source, int texts, int shortest, double median, double mean, int longest) {
        static Lengths of(String source, List<Integer> tokens) {
            List<Integer> sorted = tokens.stream().sorted().toList();
            double mean = sorted.stream().mapToInt(Integer::intValue).average().orElse(0);
            return new Lengths(
                    source,
                    sorted.size(),
                    sorted.get(0),
                    Statistics.median(sorted.stream().map(Integer::doubleValue).toList()),
                    mean,
                    sorted.get(sorted.size() - 1));
        }
    }

    static Settings of(
            BenchOptions options, ForebayConfig config, Optional<LoadedModels> models, Optional<Lengths> texts) {
        return new Settings(
                options.origin().command(),
                options.origin().version(),
                Commit.here(),
                options.origin().startedAt().toString(),
                models.map(LoadedModels::description).orElse(null),
                models.map(loaded -> loaded.chosen().executors()).orElse(Overhead.NOOP.executors()),
                models.map(LoadedModels::threads).orElse(0),
                models.map(loaded -> loaded.chosen().paddedTokens()).orElse(Overhead.NOOP.paddedTokens()),
                config.worker().batch().maxCount(),
                config.worker().batch().lookAhead(),
                config.worker().bounds().records(),
                options.size().rounds(),
                options.seed(),
                texts.orElse(null));
    }
}

package dev.forebay.deploy.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a person asked for.
 *
 * @param origin how the bench was started
 * @param texts one a line; a generated mix where empty
 * @param seed of the generated mix, of the order within each round and of arrival times
 * @param json where the raw numbers go
 * @param html where the page goes
 */
public record BenchOptions(
        Origin origin,
        Set<BenchPart> parts,
        BenchSize size,
        Optional<Path> texts,
        long seed,
        Optional<Path> json,
        Optional<Path> html) {
    /**
     * Who asked, for the record.
     *
     * @param command as it was typed
     */
    public record Origin(String command, String version, Instant startedAt) {}
}

package dev.forebay.deploy.cli;

import dev.forebay.connectors.archive.ArchiveFormat;
import dev.forebay.deploy.bench.BenchPart;
import dev.forebay.deploy.quickstart.QuickstartOptions.TaskKind;
import dev.forebay.schemas.config.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of a few words, written as the help writes them, and names the nearest where it is none of them. */
abstract sealed class Choice<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    private Choice(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String value) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        String word = value.toLowerCase(Locale.ROOT);
        if (words.contains(word)) {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        String nearest =
                Nearest.to(word, words).map(n -> " Did you mean " + n + "?").orElse("");
        throw new TypeConversionException("'" + value + "' is none of " + String.join(", ", words) + "." + nearest);
    }

    /** csv, jsonl, text. */
    static final class Format extends Choice<ArchiveFormat> {
        Format() {
            super(ArchiveFormat.class);
        }
    }

    /** classify, embed, summarize. */
    static final class Task extends Choice<TaskKind> {
        Task() {
            super(TaskKind.class);
        }
    }

    /** engine, one-per-call and so on. */
    static final class Part extends Choice<BenchPart> {
        Part() {
            super(BenchPart.class);
        }
    }
}

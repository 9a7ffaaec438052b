package dev.forebay.processors.screen;

import dev.forebay.processors.policy.BoundedPattern;
import dev.forebay.processors.policy.ByTenant;
import dev.forebay.processors.policy.ByTenant.Layers;
import dev.forebay.processors.screen.InputScreen.Declared;
import dev.forebay.processors.screen.InputScreen.Rules;
import dev.forebay.schemas.config.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code intake.screen}, and the files of phrases that it names. */
public final class ScreenSection {
    private static final long MAX_FILE_BYTES = 16L << 20;

    private ScreenSection() {}

    /** The result is usable only where no problem was noted. */
    public static InputScreen read(Section section) {
        return new InputScreen(ByTenant.read(section, ScreenSection::rules));
    }

    private static Rules rules(Layers layers) {
        PhraseList phrases = new PhraseList();
        addListed(phrases, layers.with("block"));
        addFile(phrases, layers.with("block-file"));
        Section patterns = layers.with("patterns").section("patterns");
        List<Declared> declared = new ArrayList<>();
        for (String name : patterns.keys()) {
            BoundedPattern.read(patterns, name, "'(?i)\\bbomb\\b'")
                    .ifPresent(pattern -> declared.add(new Declared(patterns.pathOf(name), pattern)));
        }
        return Rules.of(declared, phrases, layers.with("injection").flag("injection", false));
    }

    private static void addListed(PhraseList phrases, Section section) {
        List<String> listed = section.strings("block");
        for (int i = 0; i < listed.size(); i++) {
            String rule = section.pathOf("block") + "[" + i + "]";
            if (!phrases.add(listed.get(i), rule)) {
                section.problem(
                        "block",
                        "words or phrases",
                        "Entry " + i + " has no letter or digit; write it as one of patterns, or remove it.");
            }
        }
    }

    private static void addFile(PhraseList phrases, Section section) {
        String file = section.optionalString("block-file");
        if (file == null) {
            return;
        }
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_FILE_BYTES) {
                noteFile(section, "Shorten it.");
                return;
            }
            List<String> lines = Files.readAllLines(path);
            for (int i = 0; i < lines.size(); i++) {
                String phrase = lines.get(i).strip();
                String rule = section.pathOf("block-file") + ", line " + (i + 1) + ",";
                if (!phrase.isEmpty() && !phrase.startsWith("#") && !phrases.add(phrase, rule)) {
                    noteFile(section, "Line " + (i + 1) + " has no letter or digit; remove it.");
                }
            }
        } catch (IOException | InvalidPathException e) {
            noteFile(section, "Check that it is there, may be read and is UTF-8.");
        }
    }

    private static void noteFile(Section section, String fix) {
        section.problem("block-file", "a text file of at most 16 MiB with a phrase on each line, in UTF-8", fix);
    }
}

package dev.forebay.worker.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The texts on which an imported model is compared with its source: many lengths, scripts and oddities. */
final class ParityTexts {
    private static final String RESOURCE = "parity-texts.txt";
    private static final List<String> ODD = List.of("", " ", "\n", ".", "a", "\u00a0", "?!", "\u200b", "0");
    private static final int[] JOINED = {2, 3, 4, 6, 8, 10, 12, 16, 24, 40};

    private ParityTexts() {}

    /** At least 100, from no token at all to several times the window. */
    static List<String> all() throws IOException {
        List<String> lines = lines();
        List<String> texts = new ArrayList<>(ODD);
        texts.addAll(lines);
        for (int count : JOINED) {
            texts.add(String.join(" ", lines.subList(0, count)));
        }
        return List.copyOf(texts);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = ParityTexts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new ModelFileException(RESOURCE, "missing from the program's own archive");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        }
    }
}

package dev.forebay.processors.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;

/** Texts as compact JSON. */
public final class JsonTexts {
    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

    private JsonTexts() {}

    /** An array of strings. */
    public static String array(List<String> texts) {
        try {
            return WRITER.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a list of texts cannot be written", e);
        }
    }
}

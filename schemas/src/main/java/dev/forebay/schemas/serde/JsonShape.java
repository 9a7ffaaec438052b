package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How values of one Avro type look in JSON. Built once per codec; safe for use by several threads. */
interface JsonShape {
    /** Reads the value whose first token is the parser's current one, and stops at its last. */
    @Nullable Object read(JsonParser json) throws IOException, JsonRefusal;

    void write(@Nullable Object value, JsonGenerator json) throws IOException;
}

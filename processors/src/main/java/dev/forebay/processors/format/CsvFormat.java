package dev.forebay.processors.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** An event that is one RFC 4180 row. */
public final class CsvFormat implements EventFormat {
    private final List<String> columns;
    private final Map<String, Integer> indexes = new HashMap<>();

    /** @param columns the names of a row's fields, in order */
    public CsvFormat(List<String> columns) {
        this.columns = columns;
        columns.forEach(column -> indexes.put(column, indexes.size()));
    }

    @Override
    public Decoded<Value> parse(byte[] value) {
        return Utf8.decode(value)
                .fold(good -> parse(good.value()), bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }

    private Decoded<Value> parse(String row) {
        // FastCSV takes the end of its input for a closing quote; for us it means that the row was cut.
        if (hasUnclosedQuote(row)) {
            return malformed("a quote is opened and not closed");
        }
        // A reader holds the position of its input, so it is made per record; nothing of it is on the heap for long.
        Iterator<CsvRecord> rows = CsvReader.builder()
                .skipEmptyLines(false)
                .build(CsvRecordHandler.of(), row)
                .iterator();
        try {
            if (!rows.hasNext()) {
                return malformed("it has no field");
            }
            CsvRecord first = rows.next();
            return rows.hasNext() ? malformed("it has more than one row") : row(first);
        } catch (CsvParseException e) {
            return malformed("more follows after a closing quote");
        }
    }

    private Decoded<Value> row(CsvRecord row) {
        if (row.getFieldCount() != columns.size()) {
            return malformed("it has " + row.getFieldCount() + " fields where " + columns.size()
                    + " columns are configured" + " (" + String.join(", ", columns) + ")");
        }
        return new Decoded.Good<>(new RowValue(indexes, row));
    }

    private static boolean hasUnclosedQuote(String row) {
        boolean open = false;
        // At the start of a field, and right after a closing quote: a doubled quote closes and opens again.
        boolean mayOpen = true;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (open) {
                open = c != '"';
                mayOpen = true;
            } else {
                open = mayOpen && c == '"';
                mayOpen = c == ',' || c == '\n' || c == '\r';
            }
        }
        return open;
    }

    private static Decoded<Value> malformed(String problem) {
        return new Decoded.Bad<>(ReasonCode.MALFORMED, "The value is not one CSV row: " + problem + ".");
    }
}

package dev.forebay.processors.format;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.Map;

/**
 * A row; the names below it are its columns.
 *
 * @param columns by name, the index of each
 */
record RowValue(Map<String, Integer> columns, CsvRecord row) implements Value {
    @Override
    public Kind kind() {
        return Kind.OBJECT;
    }

    @Override
    public Value child(String name) {
        Integer index = columns.get(name);
        return index == null ? ABSENT : new TextValue(row.getField(index));
    }

    @Override
    public String printed() {
        return String.join(",", row.getFields());
    }
}

package dev.forebay.schemas.serde;

import java.util.Locale;
import org.apache.avro.Schema;

/** The field that says in JSON which of several records a value is. */
public final class UnionTag {
    /** The field's name. */
    public static final String FIELD = "type";

    private UnionTag() {}

    /** The field's value for a record: {@code FinishReason} as {@code finish_reason}. */
    public static String of(Schema record) {
        return record.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** Whether values of a union need the field: it has more than one record. */
    public static boolean isNeeded(Schema schema) {
        return schema.isUnion()
                && schema.getTypes().stream()
                                .filter(branch -> branch.getType() == Schema.Type.RECORD)
                                .count()
                        > 1;
    }
}

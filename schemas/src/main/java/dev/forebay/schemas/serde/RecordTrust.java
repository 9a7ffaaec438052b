package dev.forebay.schemas.serde;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that our generated classes may be instantiated: since 1.12.2 it trusts none by default. It converts
 * nothing. It is a conversion because Avro loads those as services before any generated class is used, in whatever
 * program our records are, so that nobody has to pass a system property.
 */
public final class RecordTrust extends Conversion<RecordTrust> {
    private static final String RECORDS = "dev.forebay.schemas.record";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                candidate -> candidate.getPackageName().equals(RECORDS)));
    }

    @Override
    public Class<RecordTrust> getConvertedType() {
        return RecordTrust.class;
    }

    @Override
    public String getLogicalTypeName() {
        return "forebay-record-trust";
    }
}

/**
 * Bytes of one topic to records and back: the Confluent wire format and plain JSON, behind one {@link
 * dev.forebay.schemas.serde.Codec}. Bad bytes are a value, {@link dev.forebay.schemas.serde.Decoded.Bad}; a registry
 * that does not answer is an exception, because no record is to blame for it.
 */
@NullMarked
package dev.forebay.schemas.serde;

import org.jspecify.annotations.NullMarked;

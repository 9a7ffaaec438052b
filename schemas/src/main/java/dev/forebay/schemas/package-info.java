/**
 * The contract: what is on the topics, what it is called and why a record was refused.
 *
 * <pre>
 *  record    the Avro classes, generated from src/main/avro
 *  registry  the client of the registry protocol
 *  serde     bytes of one topic to records and back
 *  config    reading a configuration file with every problem reported at once
 * </pre>
 *
 * Everyone imports this module; it imports no other module of Forebay.
 */
@NullMarked
package dev.forebay.schemas;

import org.jspecify.annotations.NullMarked;

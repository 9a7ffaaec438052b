/**
 * Events become requests: mapped by configuration, admitted or refused with a code.
 *
 * <pre>
 *  Event ─▶ AdmissionPolicy ─▶ EventMapping ─▶ AdmissionPolicy ─▶ InputScreen ─▶ Redaction ─▶ Admission: a Request,
 *           size of the record  EventFormat      text, deadline     rules          personal     or a Reason why not
 *                                                                                  data         (a duplicate: Duplicates)
 * </pre>
 *
 * {@link dev.forebay.processors.intake.IntakeTopology}, its stop and its terminals are the adapter; the rest is pure: no
 * Kafka, no clock.
 * INVARIANT: every event becomes exactly one request, rejection or dead letter, whatever its bytes are.
 */
@NullMarked
package dev.forebay.processors.intake;

import org.jspecify.annotations.NullMarked;

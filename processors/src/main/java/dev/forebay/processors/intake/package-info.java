/**
 * Events become requests: mapped by configuration, admitted or refused with a code.
 *
 * <pre>
 *  Event ─▶ AdmissionPolicy ─▶ EventMapping ─▶ Sample ─▶ Enrichment ─┐
 *           size of the record  Opening                  reference    │
 *                               FieldMapping             data         │
 *   ┌─────────────────────────────────────────────────────────────────┘
 *   └─▶ AdmissionPolicy ─▶ InputScreen ─▶ Languages ─▶ Redaction ─▶ Taken
 *       text, deadline     rules          of texts     personal data
 *
 *  Taken: of each part Admissions, a Request or a Reason why not (a duplicate: Duplicates)
 * </pre>
 *
 * {@link dev.forebay.processors.intake.IntakeTopology}, its stop and its terminals are the adapter; the rest is pure: no
 * Kafka, no clock.
 * INVARIANT: every event becomes at least one request, rejection or dead letter, and each request that it asks for
 * exactly one, whatever its bytes are.
 */
@NullMarked
package dev.forebay.processors.intake;

import org.jspecify.annotations.NullMarked;

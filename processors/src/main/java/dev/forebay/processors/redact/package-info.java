/**
 * Personal data is found in texts and replaced, by a policy per tenant.
 *
 * <pre>
 *  text ─▶ Detector of each type ─▶ Findings ─────────▶ Replacement ─▶ text
 *          card, iban, email, ...   without overlaps    mask or token
 * </pre>
 *
 * Pure: the JDK, RE2/J, libphonenumber, the schemas and the finder of names. A detector reads a text in time proportional to its length,
 * whatever the text is, and never throws.
 */
@NullMarked
package dev.forebay.processors.redact;

import org.jspecify.annotations.NullMarked;

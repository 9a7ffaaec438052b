/**
 * Requests whose text a rule does not want are refused: block lists, patterns, and the known phrasings of prompt injection.
 *
 * <pre>
 *  text ─▶ Folded ─▶ Calls ─▶ PhraseList, injection rules ─┬─▶ the first rule that matches
 *      └─────────────────────▶ declared patterns ──────────┘
 * </pre>
 *
 * Pure: the JDK, RE2/J and the schemas. Linear in the text, whatever it is.
 */
@NullMarked
package dev.forebay.processors.screen;

import org.jspecify.annotations.NullMarked;

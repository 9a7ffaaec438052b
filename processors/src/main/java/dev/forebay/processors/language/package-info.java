/**
 * The language that the text of a request is in: told as an attribute, and refused where a tenant does not want it.
 *
 * <pre>
 *  text ─▶ Letters ─────────▶ LanguageModel ─▶ Guess ─▶ Languages ─▶ attribute, refusal
 *          words, lower case,  OpenNLP          how sure  rule of the
 *          bounded                                        tenant
 * </pre>
 *
 * Pure: the JDK, OpenNLP and the schemas. {@link dev.forebay.processors.language.LanguageModel} alone sees OpenNLP.
 */
@NullMarked
package dev.forebay.processors.language;

import org.jspecify.annotations.NullMarked;

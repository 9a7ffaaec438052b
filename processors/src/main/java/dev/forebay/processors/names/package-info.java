/**
 * Names in texts, found by a token classifier that the user brings: a name finder of Apache OpenNLP, whose file is not trusted.
 *
 * <pre>
 *  file ─▶ ModelArchive ─┬─▶ ModelManifest ─────┐
 *          ZIP, bounded  ├─▶ FeatureDescriptor ─┼─▶ NameModel
 *                        └─▶ ClassifierScan ────┘      │
 *  text ─▶ SentenceScan ─▶ words ─▶ NameFinder ◀───────┘ ─▶ Name
 * </pre>
 *
 * Pure: the JDK and OpenNLP, which {@link dev.forebay.processors.names.NameModel} and its finders alone see. INVARIANT: OpenNLP gets what
 * was checked, and never the manifest; no class that a file names is loaded but those of a list here.
 */
@NullMarked
package dev.forebay.processors.names;

import org.jspecify.annotations.NullMarked;

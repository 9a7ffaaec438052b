/**
 * Dead letters for a person: read, filtered, shown, exported, and replayed to where they came from.
 *
 * <pre>
 *  dead-letters ─▶ TopicScan ─▶ LetterReader ─┬─▶ rows, LetterExport
 *                                LetterFilter └─▶ Replay ─▶ ReplayPolicy ─▶ ReplaySender ─┬─▶ the original's topic
 *                  replays ────▶ Replays ────────┘          refuse, or send               └─▶ replays
 * </pre>
 *
 * {@code LetterFilter}, {@code ReplayPolicy} and {@code ReplayRecords} are pure. INVARIANT: a replayed record and the
 * note in {@code topics.replays} that it was replayed are written in one transaction.
 */
@NullMarked
package dev.forebay.deploy.deadletters;

import org.jspecify.annotations.NullMarked;

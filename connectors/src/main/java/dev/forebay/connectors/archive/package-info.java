/**
 * Archives to topics: CSV, JSONL and text files, plain or gzip, resumable by position.
 *
 * <pre>
 *   file ─▶ ArchiveBytes ──▶ ByteWindow ─▶ ArchiveReader ─▶ ArchiveSourceTask ─▶ topic of raw bytes
 *           (GzipMembers)                  (CsvFraming)     (SourceOffset, headers)
 * </pre>
 *
 * Reading knows only {@code java.*}; the two {@code ArchiveSource} classes and their configuration are the adapter to
 * Kafka Connect. Framing never interprets: what is wrong inside a record is for the reader of the topic to say.
 *
 * <p>INVARIANT: every physical line of a file is part of exactly one record or of the CSV header.
 */
@NullMarked
package dev.forebay.connectors.archive;

import org.jspecify.annotations.NullMarked;

/**
 * Requests become digests: those of one group and window are gathered, and one request for a summary is made of them.
 *
 * <pre>
 *  Request ─▶ Choice ─▶ topics.digest-events ─▶ Gathering ─▶ OpenWindow, KeptTexts ─▶ Closed ─▶ DigestRequest
 *             which group  one partition a group   which window, late or not             by the clock   to topics.work
 * </pre>
 *
 * {@link dev.forebay.processors.digest.DigestTopology}, its stops and what is called stored are the adapter; the rest is
 * pure: no Kafka, no clock.
 * INVARIANT: a window has one header, and one entry for each text that is kept, so that no entry grows with the window.
 * INVARIANT: a window is closed once; what comes for it later is late.
 */
@NullMarked
package dev.forebay.processors.digest;

import org.jspecify.annotations.NullMarked;

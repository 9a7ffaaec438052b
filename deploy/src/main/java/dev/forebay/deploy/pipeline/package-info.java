/**
 * The parts of Forebay put together from one configuration file.
 *
 * <pre>
 *  ForebayConfig ──▶ TopicPlan ──▶ topics on the broker
 *        ├─────────▶ RunningWorker      model · tasks · worker
 *        └─────────▶ RunningProcessors  intake · verdict · digest
 * </pre>
 */
@NullMarked
package dev.forebay.deploy.pipeline;

import org.jspecify.annotations.NullMarked;

package dev.forebay.processors.control;

import org.jspecify.annotations.Nullable;

/**
 * The policy at a moment. Who decides on a record takes it once, so that the record is decided by one policy.
 *
 * @param version the offset of the change on the control topic; null where the configuration file alone counts
 */
public record InForce<T>(T policy, @Nullable Long version) {}

package dev.forebay.deploy.control;

import java.time.Instant;
import java.util.Optional;

/**
 * One change of the policy, as the control topic has it.
 *
 * @param version its offset
 * @param by who made it, by their own account; empty where nobody is named, as {@code reason} is
 * @param document YAML; empty where the configuration file alone counts again
 * @param problem why it did nothing; empty where it was put in force
 */
public record Change(long version, Instant at, String by, String reason, String document, Optional<String> problem) {}

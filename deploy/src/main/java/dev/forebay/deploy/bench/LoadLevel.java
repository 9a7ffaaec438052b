package dev.forebay.deploy.bench;

/**
 * What open-loop load at one rate came to.
 *
 * @param capacityPercent of what the pipeline did with a backlog
 * @param perSecond requests that were to arrive
 */
record LoadLevel(int capacityPercent, double perSecond, Latencies latencies) {}

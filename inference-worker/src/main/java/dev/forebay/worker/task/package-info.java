/**
 * What a request asks of a model: a task turns a text into texts to encode, and their vectors into an outcome. Pure; knows neither Kafka nor DJL.
 */
@NullMarked
package dev.forebay.worker.task;

import org.jspecify.annotations.NullMarked;

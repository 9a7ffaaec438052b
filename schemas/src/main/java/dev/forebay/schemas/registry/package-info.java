/**
 * The client of the Confluent registry protocol: one base URL serves Confluent, Karapace, and Apicurio below
 * {@code /apis/ccompat/v7}.
 */
@NullMarked
package dev.forebay.schemas.registry;

import org.jspecify.annotations.NullMarked;

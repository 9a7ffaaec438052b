/**
 * A broker, a registry and a Connect worker in this process, for the quickstart and for tests.
 */
@NullMarked
package dev.forebay.deploy.embedded;

import org.jspecify.annotations.NullMarked;

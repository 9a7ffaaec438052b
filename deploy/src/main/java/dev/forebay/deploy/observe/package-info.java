/** Metrics and health over HTTP, for this machine alone. Knows nothing of what it shows. */
@NullMarked
package dev.forebay.deploy.observe;

import org.jspecify.annotations.NullMarked;

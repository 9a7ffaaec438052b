/** Results that wait for a person, and what people decide on them. */
@NullMarked
package dev.forebay.deploy.reviews;

import org.jspecify.annotations.NullMarked;

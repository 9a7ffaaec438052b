/** Tokens of the redaction turned back into their originals, in files and streams; every other byte stays as it is. */
@NullMarked
package dev.forebay.deploy.restore;

import org.jspecify.annotations.NullMarked;

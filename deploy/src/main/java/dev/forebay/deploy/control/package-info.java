/** Changes of the processors' policy while they run: reading and writing the control topic. */
@NullMarked
package dev.forebay.deploy.control;

import org.jspecify.annotations.NullMarked;

/** Good bytes made bad, and the promise that every decoder keeps over them. Shared by the tests of all modules. */
@NullMarked
package dev.forebay.schemas.fuzz;

import org.jspecify.annotations.NullMarked;

/** The module under test as a whole: its wiring, the world around it, and the rules its packages keep. */
@NullMarked
package io.tollgate.billing;

import org.jspecify.annotations.NullMarked;

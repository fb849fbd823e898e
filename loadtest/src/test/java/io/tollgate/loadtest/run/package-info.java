/** Whole runs, in processes of their own as their users start them. */
@NullMarked
package io.tollgate.loadtest.run;

import org.jspecify.annotations.NullMarked;

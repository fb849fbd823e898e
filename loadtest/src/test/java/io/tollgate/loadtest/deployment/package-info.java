/** The files that describe a standing installation, read as Docker would read them. */
@NullMarked
package io.tollgate.loadtest.deployment;

import org.jspecify.annotations.NullMarked;

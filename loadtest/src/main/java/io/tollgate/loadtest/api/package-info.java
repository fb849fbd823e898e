/** What is under load, and the parts of its HTTP APIs that the load needs. */
@NullMarked
package io.tollgate.loadtest.api;

import org.jspecify.annotations.NullMarked;

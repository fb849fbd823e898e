/** The AI provider behind every peer: answers made once and sent over and over. */
@NullMarked
package io.tollgate.loadtest.benchmark.upstream;

import org.jspecify.annotations.NullMarked;

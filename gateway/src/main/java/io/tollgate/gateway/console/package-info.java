/**
 * Pages for people, rendered on the server: so far those behind {@code top_up_url}. They work without JavaScript, on a phone, with a
 * keyboard and in the dark; htmx only spares the reload.
 */
@NullMarked
package io.tollgate.gateway.console;

import org.jspecify.annotations.NullMarked;

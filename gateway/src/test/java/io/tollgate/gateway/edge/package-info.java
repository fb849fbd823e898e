/** What reaches the gateway as bytes: whatever comes gets a clear answer or is read as the upstream will read it. */
@NullMarked
package io.tollgate.gateway.edge;

import org.jspecify.annotations.NullMarked;

/** What the shops we know sell, told as stories and held to the cent: a gateway on real stores between two simulators, while months pass. */
@NullMarked
package io.tollgate.gateway.story;

import org.jspecify.annotations.NullMarked;

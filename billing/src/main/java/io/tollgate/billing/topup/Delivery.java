package io.tollgate.billing.topup;

import io.tollgate.metering.command.IssuedCommand;
import reactor.core.publisher.Mono;

/** Brings an issued command to the live store at once; where that fails, the courier brings it later. */
@FunctionalInterface
public interface Delivery {

    Mono<Void> push(IssuedCommand command);
}

package io.tollgate.metering.command;

import reactor.core.publisher.Mono;

/** Where issued commands take effect: the live store. */
public interface LiveCommands {

    /** Applies the command if it is its account's next one; may be sent any number of times. */
    Mono<ApplyResult> apply(IssuedCommand command);
}

package io.tollgate.billing.subscription;

import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.command.IssuedCommand;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends what was booked and issued on its way; whatever happens to it there, the courier sees to it. */
final class Pushes {

    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

    private final Delivery delivery;

    Pushes(Delivery delivery) {
        this.delivery = delivery;
    }

    Mono<Void> all(List<IssuedCommand> commands) {
        return Flux.fromIterable(commands).concatMap(this::one).then();
    }

    private Mono<Void> one(IssuedCommand command) {
        return delivery.push(command).onErrorResume(failure -> {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("account", command.account())
                    .addKeyValue("command", command.number())
                    .log("allowance_push_failed");
            return Mono.empty();
        });
    }
}

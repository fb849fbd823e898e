package io.tollgate.gateway.problem;

import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Bounds what pages and APIs wait for in all: a database that hangs without a word fails no query by itself. */
@Component
final class AnswersInTime implements WebFilter {

    private final Duration bound;

    AnswersInTime(@Value("${tollgate.server.answer-timeout:30s}") Duration bound) {
        this.bound = bound;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .timeout(bound)
                .onErrorMap(
                        TimeoutException.class,
                        timeout -> new StoreUnavailableException("no answer within " + bound, timeout));
    }
}

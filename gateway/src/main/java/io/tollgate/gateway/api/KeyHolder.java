package io.tollgate.gateway.api;

import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.authentication.AuthenticationResult.Authenticated;
import io.tollgate.gateway.authentication.AuthenticationResult.Reason;
import io.tollgate.gateway.authentication.AuthenticationResult.Refused;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lets holders of an API key through and tells the endpoint whose it is. */
final class KeyHolder implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final String ACCOUNT = KeyHolder.class.getName() + ".account";

    private final Authentication authentication;

    KeyHolder(Authentication authentication) {
        this.authentication = authentication;
    }

    /** The account behind this filter. */
    static AccountId account(ServerRequest request) {
        return (AccountId) request.attribute(ACCOUNT).orElseThrow();
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return authentication
                .authenticate(request.headers().firstHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(result -> switch (result) {
                    case Authenticated(var key) -> {
                        request.attributes().put(ACCOUNT, key.account());
                        yield next.handle(request);
                    }
                    case Refused(Reason reason) -> ProblemAnswer.unauthorized(reason.code(), reason.message());
                });
    }
}

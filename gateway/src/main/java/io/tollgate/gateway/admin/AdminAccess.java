package io.tollgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.gateway.problem.ProblemAnswer;
import java.security.MessageDigest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lets only the operator through. Without a token in the settings there is nothing here at all. */
final class AdminAccess implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final String SCHEME = "Bearer ";

    private final AdminSettings settings;

    AdminAccess(AdminSettings settings) {
        this.settings = settings;
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        String token = settings.token();
        if (token == null) {
            return ProblemAnswer.of(
                    HttpStatus.NOT_FOUND, "admin_api_off", "The admin API is off: tollgate.admin.token is not set.");
        }
        String given = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
        if (given == null || !given.startsWith(SCHEME) || !same(token, given.substring(SCHEME.length()))) {
            return ProblemAnswer.unauthorized("invalid_admin_token", "The admin token is missing or wrong.");
        }
        return next.handle(request);
    }

    /** In a time that does not depend on where the two differ. */
    private static boolean same(String token, String given) {
        return MessageDigest.isEqual(token.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}

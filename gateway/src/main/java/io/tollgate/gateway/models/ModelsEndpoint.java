package io.tollgate.gateway.models;

import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.authentication.AuthenticationResult.Authenticated;
import io.tollgate.gateway.authentication.AuthenticationResult.Refused;
import io.tollgate.gateway.models.ModelBody.ListBody;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.problem.ProblemBody;
import io.tollgate.gateway.problem.Problems;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}. The SDKs that call them read errors in OpenAI's shape. */
final class ModelsEndpoint {

    private static final int NAME_SHOWN_MAX = 256;

    private final OfferedModels offered;
    private final Authentication authentication;

    ModelsEndpoint(OfferedModels offered, Authentication authentication) {
        this.offered = offered;
        this.authentication = authentication;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        return withKey(request, _ -> ServerResponse.ok().bodyValue(ListBody.of(List.copyOf(offered.all()))));
    }

    Mono<ServerResponse> one(ServerRequest request) {
        return withKey(request, this::named);
    }

    private Mono<ServerResponse> named(ServerRequest request) {
        // The rest of the path, since names such as meta-llama/Llama-3 may come as they are.
        String name = request.pathVariable("name").substring(1);
        ModelBody model = name.isBlank() || name.length() > NAME_SHOWN_MAX ? null : offered.named(name);
        return model == null ? refuse(unknown()) : ServerResponse.ok().bodyValue(model);
    }

    private static Problem unknown() {
        return Problem.of(404, "model_not_found", "This model is not offered here: GET the list of those that are.")
                .at("model");
    }

    private Mono<ServerResponse> withKey(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return authentication
                .authenticate(request.headers().firstHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(result -> switch (result) {
                    case Authenticated _ -> next.handle(request);
                    case Refused(var reason) ->
                        refuse(Problem.of(401, reason.code(), reason.message()).header("WWW-Authenticate", "Bearer"));
                })
                .onErrorResume(StoreUnavailableException.class, failure -> refuse(Problems.of(failure)));
    }

    private static Mono<ServerResponse> refuse(Problem problem) {
        ServerResponse.BodyBuilder answer =
                ServerResponse.status(problem.status()).contentType(MediaType.APPLICATION_JSON);
        problem.headers().forEach(header -> answer.header(header.getKey(), header.getValue()));
        return answer.bodyValue(ProblemBody.openAi(problem));
    }
}

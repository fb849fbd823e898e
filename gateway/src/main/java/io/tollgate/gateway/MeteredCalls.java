package io.tollgate.gateway;

import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.gateway.admission.Admission;
import io.tollgate.gateway.admission.AdmissionResult.Admitted;
import io.tollgate.gateway.admission.AdmissionResult.Refused;
import io.tollgate.gateway.admission.MeteredCall;
import io.tollgate.gateway.authentication.ApiKey;
import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.authentication.AuthenticationResult;
import io.tollgate.gateway.authentication.AuthenticationResult.Authenticated;
import io.tollgate.gateway.connection.Exchange;
import io.tollgate.gateway.connection.MeteredService;
import io.tollgate.gateway.connection.ReceivedBody.Received;
import io.tollgate.gateway.connection.ReceivedBody.TooLarge;
import io.tollgate.gateway.dialect.ChatRequest;
import io.tollgate.gateway.dialect.OpenAiRequests;
import io.tollgate.gateway.dialect.ParsedRequest.Misformed;
import io.tollgate.gateway.dialect.ParsedRequest.Understood;
import io.tollgate.gateway.problem.Problems;
import io.tollgate.gateway.proxy.Proxy;
import io.tollgate.gateway.routing.Model;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The life of a metered call: who is calling → what for → may it → forward, relay, charge. Each step ends the call with a refusal or hands it to the next.
 *
 * <p>It stands in front of WebFlux, which serves every other path, because a proxied call needs none of it.
 */
@Component
final class MeteredCalls implements MeteredService {

    private final Authentication authentication;
    private final Admission admission;
    private final Proxy proxy;

    MeteredCalls(Authentication authentication, Admission admission, Proxy proxy) {
        this.authentication = authentication;
        this.admission = admission;
        this.proxy = proxy;
    }

    @Override
    public void serve(Exchange exchange) {
        if (!exchange.method().equals(HttpMethod.POST)) {
            exchange.refuse(Refusal.methodNotAllowed());
        } else if (!PlainJson.isSaidBy(exchange.requestHeaders())) {
            exchange.refuse(Refusal.notJson());
        } else {
            exchange.follow(authenticate(exchange), failure -> exchange.refuse(Problems.of(failure)));
        }
    }

    private Mono<Void> authenticate(Exchange exchange) {
        return authentication.authenticate(exchange.authorization()).flatMap(result -> switch (result) {
            case Authenticated(ApiKey key) -> exchange.onLoop(() -> read(exchange, key));
            case AuthenticationResult.Refused(var reason) -> exchange.refuse(Refusal.unauthorized(reason));
        });
    }

    private Mono<Void> read(Exchange exchange, ApiKey key) {
        return exchange.body().flatMap(body -> switch (body) {
            case Received(byte[] bytes) -> understand(exchange, key, bytes);
            case TooLarge(int max) -> exchange.refuse(Refusal.tooLarge(max));
        });
    }

    private Mono<Void> understand(Exchange exchange, ApiKey key, byte[] body) {
        return switch (OpenAiRequests.parse(body)) {
            case Understood(ChatRequest chat) -> choose(exchange, key, chat);
            case Misformed misformed -> exchange.refuse(Refusal.misformed(misformed));
        };
    }

    private Mono<Void> choose(Exchange exchange, ApiKey key, ChatRequest chat) {
        Model model = exchange.route().model(chat.model());
        return model == null
                ? exchange.refuse(Refusal.unknownModel(chat.model()))
                : admit(exchange, new MeteredCall(key, exchange.route(), model, chat));
    }

    /** A client that has left meanwhile is not held credit for; one that leaves from here on is the proxy's to deal with. */
    private Mono<Void> admit(Exchange exchange, MeteredCall call) {
        return exchange.gone()
                ? Mono.empty()
                : admission.admit(call).flatMap(result -> switch (result) {
                    case Admitted(var hold) -> exchange.onLoop(() -> proxy.relay(exchange, hold));
                    case Refused(var problem) -> exchange.refuse(problem);
                });
    }
}

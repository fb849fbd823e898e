package io.tollgate.gateway;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.gateway.admission.Admission;
import io.tollgate.gateway.admission.AdmissionResult.Admitted;
import io.tollgate.gateway.admission.AdmissionResult.Refused;
import io.tollgate.gateway.admission.MeteredCall;
import io.tollgate.gateway.authentication.ApiKey;
import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.authentication.AuthenticationResult;
import io.tollgate.gateway.authentication.AuthenticationResult.Authenticated;
import io.tollgate.gateway.dialect.ChatRequest;
import io.tollgate.gateway.dialect.OpenAiRequests;
import io.tollgate.gateway.dialect.ParsedRequest.Misformed;
import io.tollgate.gateway.dialect.ParsedRequest.Understood;
import io.tollgate.gateway.problem.Problems;
import io.tollgate.gateway.proxy.Exchange;
import io.tollgate.gateway.proxy.Proxy;
import io.tollgate.gateway.proxy.ReceivedBody.Received;
import io.tollgate.gateway.proxy.ReceivedBody.TooLarge;
import io.tollgate.gateway.routing.Model;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.Routes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * The life of a metered call: who is calling → what for → may it → forward, relay, charge. Each step ends the call with a refusal or hands it to the next.
 *
 * <p>It stands in front of WebFlux, which serves every other path, because a proxied call needs none of it.
 */
@Component
final class MeteredCalls implements NettyRouteProvider {

    private static final Pattern MEDIA_TYPE =
            Pattern.compile("\\s*application/json\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    private final Routes routes;
    private final Authentication authentication;
    private final Admission admission;
    private final Proxy proxy;

    MeteredCalls(Routes routes, Authentication authentication, Admission admission, Proxy proxy) {
        this.routes = routes;
        this.authentication = authentication;
        this.admission = admission;
        this.proxy = proxy;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes server) {
        return server.route(request -> routeOf(request) != null, this::serve);
    }

    private Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        Route route = requireNonNull(routeOf(request));
        Exchange exchange = new Exchange(request, response, route, loopOf(request));
        if (!request.method().equals(HttpMethod.POST)) {
            return exchange.refuse(Refusal.methodNotAllowed());
        }
        if (!isJson(request.requestHeaders())) {
            return exchange.refuse(Refusal.notJson());
        }
        return authenticate(exchange).onErrorResume(failure -> fail(exchange, failure));
    }

    /** Nothing more can be told to a client that has an answer already or has left; the server closes the connection. */
    private static Mono<Void> fail(Exchange exchange, Throwable failure) {
        return exchange.answered() || failure instanceof AbortedException
                ? Mono.error(failure)
                : exchange.refuse(Problems.of(failure));
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

    private Mono<Void> admit(Exchange exchange, MeteredCall call) {
        return admission.admit(call).flatMap(result -> switch (result) {
            case Admitted(var hold) -> exchange.onLoop(() -> proxy.relay(exchange, hold));
            case Refused(var problem) -> exchange.refuse(problem);
        });
    }

    /** Null if the path is not metered. Paths are compared as they are written: another spelling of one leads to WebFlux' 404. */
    private @Nullable Route routeOf(HttpServerRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return routes.at(query < 0 ? uri : uri.substring(0, query));
    }

    private static boolean isJson(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null
                && MEDIA_TYPE.matcher(type).lookingAt()
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING);
    }

    private static EventLoop loopOf(HttpServerRequest request) {
        EventLoop[] loop = new EventLoop[1];
        request.withConnection(connection -> loop[0] = connection.channel().eventLoop());
        return loop[0];
    }
}

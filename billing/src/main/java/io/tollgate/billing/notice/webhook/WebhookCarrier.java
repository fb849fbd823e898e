package io.tollgate.billing.notice.webhook;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tollgate.billing.notice.Carrier;
import io.tollgate.billing.notice.CarryResult;
import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.NoticeEndpoint;
import io.tollgate.billing.notice.NoticeSignature;
import io.tollgate.billing.notice.SendingSettings;
import io.tollgate.billing.notice.TakenDelivery;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.InstantSource;
import javax.net.ssl.SSLException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Posts to one endpoint. Told is what is answered 2xx; where a redirect points, nobody is told anything. An endpoint that says it is gone
 * is believed for this notice: the next is tried all the same, until somebody takes the endpoint out of the settings.
 */
final class WebhookCarrier implements Carrier {

    private static final String ID_HEADER = "Tollgate-Delivery";

    private final HttpClient client;
    private final NoticeEndpoint endpoint;
    private final SendingSettings settings;
    private final InstantSource clock;

    WebhookCarrier(HttpClient client, NoticeEndpoint endpoint, SendingSettings settings, InstantSource clock) {
        this.client = client;
        this.endpoint = endpoint;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return endpoint.channel();
    }

    @Override
    public Mono<CarryResult> carry(TakenDelivery delivery) {
        return Mono.defer(() -> post(delivery, WebhookBody.of(delivery)))
                .timeout(settings.timeout())
                .map(WebhookCarrier::result)
                .onErrorResume(failure -> Mono.just(result(failure)));
    }

    private Mono<Integer> post(TakenDelivery delivery, byte[] body) {
        String signature = NoticeSignature.of(body, clock.instant(), endpoint.secrets());
        return client.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                        .set(ID_HEADER, delivery.id())
                        .set(NoticeSignature.HEADER, signature))
                .post()
                .uri(endpoint.url())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response(this::read)
                .single();
    }

    /** The status; of the body as much as there may be, after which the connection is closed. */
    private Publisher<Integer> read(HttpClientResponse response, ByteBufFlux body) {
        return body.map(ByteBuf::readableBytes)
                .scan(0, Integer::sum)
                .takeUntil(read -> read > settings.answerMaxBytes())
                .then(Mono.just(response.status().code()));
    }

    private static CarryResult result(int status) {
        if (status / 100 == 2) {
            return new CarryResult.Carried();
        }
        return status == HttpResponseStatus.GONE.code()
                ? new CarryResult.Rejected("HTTP 410: the endpoint says it is gone")
                : new CarryResult.Failed("HTTP " + status);
    }

    // Names of classes, not messages: these have the endpoint's URL in them.
    private static CarryResult result(Throwable failure) {
        String reason = failure.getClass().getSimpleName();
        return switch (failure) {
            case ConnectTimeoutException _, ConnectException _, UnknownHostException _, SSLException _ ->
                new CarryResult.Failed(reason);
            default -> new CarryResult.Unknown(reason);
        };
    }
}

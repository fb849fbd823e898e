package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import io.netty.buffer.Unpooled;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.problem.Problems;
import io.tollgate.gateway.proxy.Watch.Rounds;
import io.tollgate.gateway.proxy.Watch.Watched;
import io.tollgate.gateway.routing.Upstream.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One call from its dispatch to its end. Everything happens on one event loop, so the state needs no lock.
 *
 * <p>Whatever cuts the call short from here (a timeout, credit gone) closes the upstream's connection; the failure that this causes takes the same way as
 * the upstream's own.
 */
final class UpstreamCall implements Watched {

    private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

    /** How long a client may take to read what is left of an answer that was cut: one that reads nothing would keep its hold for ever. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final Exchange exchange;
    private final OpenHold hold;
    private final Rounds rounds;
    private final long startedNanos;
    private long lastNanos;
    private long renewedNanos;
    private long cutNanos;
    private Phase phase = Phase.CONNECTING;
    private Cut cut = Cut.BY_UPSTREAM;
    private @Nullable Connection connection;
    private @Nullable Answer answer;

    UpstreamCall(Exchange exchange, OpenHold hold, Rounds rounds) {
        this.exchange = exchange;
        this.hold = hold;
        this.rounds = rounds;
        startedNanos = rounds.nowNanos();
        lastNanos = startedNanos;
        renewedNanos = startedNanos;
    }

    private enum Phase {
        CONNECTING,
        DISPATCHED,
        ANSWERING
    }

    /** Who ended a call before its end. */
    enum Cut {
        BY_UPSTREAM,
        BY_TIMEOUT,
        BY_CREDIT
    }

    Mono<Void> through(Upstreams upstreams) {
        rounds.add(this);
        return upstreams
                .of(exchange.loop(), hold.call().route())
                .send(this::send)
                .response(this::answer)
                .then()
                .onErrorResume(this::failed)
                .doOnCancel(this::clientGone)
                .doFinally(_ -> rounds.remove(this));
    }

    Exchange exchange() {
        return exchange;
    }

    OpenHold hold() {
        return hold;
    }

    Cut cut() {
        return cut;
    }

    /** Something has arrived from the upstream. */
    void arrived() {
        lastNanos = rounds.nowNanos();
    }

    private Publisher<Void> send(HttpClientRequest request, NettyOutbound outbound) {
        outbound.withConnection(opened -> connection = opened);
        ForwardedHeaders.toUpstream(exchange.request().requestHeaders(), request.requestHeaders(), hold);
        phase = Phase.DISPATCHED;
        return outbound.sendObject(Unpooled.wrappedBuffer(hold.call().request().body()));
    }

    private Publisher<Void> answer(HttpClientResponse upstream, ByteBufFlux body) {
        arrived();
        Answer relayed = answerTo(upstream);
        answer = relayed;
        return relayed.relay(upstream, body);
    }

    private Answer answerTo(HttpClientResponse upstream) {
        int status = upstream.status().code();
        if (status < 200 || status > 299) {
            return new FailedAnswer(this);
        }
        String type = upstream.responseHeaders().get(CONTENT_TYPE);
        if (type != null && type.startsWith("text/event-stream")) {
            return new StreamedAnswer(this);
        }
        long length = Collected.announced(upstream.responseHeaders().get(CONTENT_LENGTH));
        if (length < 0) {
            return new UnannouncedAnswer(this);
        }
        return length > hold.call().route().answerMax() ? new LargeAnswer(this) : new WholeAnswer(this);
    }

    /** Begins the answer to the client: the head as the upstream has it, less what is not for it. */
    void begin(HttpClientResponse upstream) {
        phase = Phase.ANSWERING;
        exchange.response().status(upstream.status());
        ForwardedHeaders.toClient(
                upstream.responseHeaders(),
                exchange.response().responseHeaders(),
                hold.id().toString());
    }

    /** What reaches this has not been dealt with by the answer: the upstream failed before the client's first byte, or the client left. */
    private Mono<Void> failed(Throwable failure) {
        if (phase == Phase.ANSWERING) {
            clientGone();
            return Mono.error(failure);
        }
        hold.release();
        if (!exchange.response().responseHeaders().isEmpty()
                && exchange.response().hasSentHeaders()) {
            return Mono.error(failure);
        }
        return exchange.refuse(problem(failure));
    }

    private Problem problem(Throwable failure) {
        if (cut == Cut.BY_TIMEOUT) {
            return Problem.of(504, "upstream_timeout", "The upstream has not answered in time. You are not charged.");
        }
        if (failure instanceof IOException
                || failure.getClass().getName().startsWith("reactor.netty.")
                || failure instanceof TimeoutException) {
            log.warn("upstream {} failed: {}", hold.call().route().upstream(), failure.toString());
            return Problem.of(502, "upstream_unavailable", "The upstream cannot be reached. You are not charged.");
        }
        return Problems.of(failure);
    }

    private void clientGone() {
        switch (phase) {
            case CONNECTING -> hold.releaseAbandoned();
            case DISPATCHED -> Charges.clientGone(hold, null, 0);
            case ANSWERING -> {
                if (answer != null) {
                    answer.clientGone();
                }
            }
        }
    }

    @Override
    public void look(long nowNanos) {
        Timeouts timeouts = hold.call().route().upstream().timeouts();
        long waited = nowNanos - lastNanos;
        long bound = (phase == Phase.ANSWERING ? timeouts.idle() : timeouts.firstByte()).toNanos();
        if (connection != null
                && (waited > bound || nowNanos - startedNanos > timeouts.total().toNanos())) {
            cutOff(Cut.BY_TIMEOUT);
        } else if (nowNanos - renewedNanos > hold.renewAfter().toNanos()) {
            renewedNanos = nowNanos;
            hold.renew(() -> exchange.loop().execute(() -> cutOff(Cut.BY_CREDIT)));
        }
    }

    // Disposing of the connection would cancel the answer instead of failing it, and nobody would be told.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void cutOff(Cut why) {
        if (connection == null) {
            return;
        }
        if (cut == Cut.BY_UPSTREAM) {
            cut = why;
            cutNanos = System.nanoTime();
            if (isOurs(connection)) {
                connection.channel().close();
            }
        } else if (System.nanoTime() - cutNanos > LAST_WORDS.toNanos()) {
            exchange.hangUp();
        }
    }

    /** After its answer has come whole a connection belongs to the pool, and perhaps to another call. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOurs(Connection upstream) {
        return ChannelOperations.get(upstream.channel()) == upstream;
    }
}

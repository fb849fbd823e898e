package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.connection.Collected;
import io.tollgate.gateway.connection.Exchange;
import io.tollgate.gateway.connection.Rounds;
import io.tollgate.gateway.connection.UpstreamConnection;
import io.tollgate.gateway.connection.UpstreamEvents;
import io.tollgate.gateway.connection.UpstreamPool;
import io.tollgate.gateway.dialect.OpenAiStream.EventTooLongException;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.routing.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call from its dispatch to its end. Everything happens on one event loop, so the state needs no lock. Whichever end comes first is the call's
 * end: it parts from its connection, and ends the hold through its answer.
 */
final class UpstreamCall implements UpstreamEvents, UpstreamPool.Taker, Exchange.ClientEvents, Rounds.Watched {

    private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

    /** How often a request is sent again whose kept-alive connection was closed by the upstream without a byte of an answer. */
    private static final int STALE_MAX = 2;

    private static final Duration CONNECT_SLACK = Duration.ofMillis(200);

    private final Exchange exchange;
    private final OpenHold hold;
    private final CallSurroundings surroundings;
    private final Rounds rounds;
    private final long startedNanos;
    private long lastNanos;
    private long renewedNanos;
    private int stale;
    private boolean ended;
    private @Nullable UpstreamConnection connection;
    private @Nullable Answer answer;

    UpstreamCall(Exchange exchange, OpenHold hold, CallSurroundings surroundings) {
        this.exchange = exchange;
        this.hold = hold;
        this.surroundings = surroundings;
        rounds = surroundings.watch().on(exchange.loop());
        startedNanos = rounds.nowNanos();
        lastNanos = startedNanos;
        renewedNanos = startedNanos;
    }

    void start() {
        exchange.listen(this);
        rounds.add(this);
        connect();
    }

    private void connect() {
        surroundings.pools().of(exchange.loop(), upstream()).take(this);
    }

    private Upstream upstream() {
        return hold.call().route().upstream();
    }

    Exchange exchange() {
        return exchange;
    }

    OpenHold hold() {
        return hold;
    }

    @Override
    public boolean wants() {
        return !ended;
    }

    @Override
    public void connected(UpstreamConnection taken) {
        connection = taken;
        lastNanos = rounds.nowNanos();
        taken.send(ForwardedRequest.of(exchange, hold, upstream()), this);
    }

    @Override
    public void notConnected(Throwable cause) {
        if (!ended) {
            part();
            log.warn("upstream {} cannot be reached: {}", upstream(), cause.toString());
            refuse(unavailable());
        }
    }

    @Override
    public void head(HttpResponse head) {
        lastNanos = rounds.nowNanos();
        answer = answerTo(head);
    }

    private Answer answerTo(HttpResponse head) {
        int status = head.status().code();
        if (status < 200 || status > 299) {
            return new FailedAnswer(this, head);
        }
        String type = head.headers().get(CONTENT_TYPE);
        if (type != null && type.startsWith("text/event-stream")) {
            return new StreamedAnswer(this, head);
        }
        return announced(head) > hold.call().route().answerMax()
                ? new LargeAnswer(this, head)
                : new WholeAnswer(this, head);
    }

    private static long announced(HttpResponse head) {
        return Collected.announced(head.headers().get(CONTENT_LENGTH));
    }

    /** The head for the client: as the upstream has it, less what is not for it. */
    HttpHeaders answerHeaders(HttpResponse head) {
        HttpHeaders headers = Exchange.newHeaders();
        ForwardedHeaders.toClient(head.headers(), headers, hold.id().toString());
        return headers;
    }

    /** Begins the answer to the client. */
    void begin(HttpResponse head) {
        exchange.begin(head.status(), answerHeaders(head), announced(head));
    }

    @Override
    public void part(ByteBuf content) {
        lastNanos = rounds.nowNanos();
        try {
            requireNonNull(answer).part(content);
        } catch (EventTooLongException e) {
            log.warn("upstream {}: {}", upstream(), e.getMessage());
            cutOff(Cut.BY_UPSTREAM);
        }
    }

    @Override
    public void pause() {
        if (answer != null && !ended) {
            answer.pause();
            if (!exchange.keepsUp()) {
                requireNonNull(connection).read(false);
            }
        }
    }

    @Override
    public void clientReadsAgain() {
        lastNanos = rounds.nowNanos();
        if (connection != null && !ended) {
            connection.read(true);
        }
    }

    @Override
    public void end() {
        part();
        requireNonNull(answer).end();
    }

    @Override
    public void broken(Throwable cause) {
        if (answer != null) {
            part();
            answer.cut(Cut.BY_UPSTREAM);
        } else if (requireNonNull(connection).reused() && stale++ < STALE_MAX) {
            connection = null;
            connect();
        } else {
            part();
            log.warn("upstream {} failed: {}", upstream(), cause.toString());
            refuse(unavailable());
        }
    }

    /** The call is over, one way or another. */
    private void part() {
        ended = true;
        rounds.remove(this);
    }

    /** Breaks the call off from here. */
    private void cutOff(Cut why) {
        if (ended) {
            return;
        }
        part();
        if (connection != null) {
            connection.abandon();
        }
        if (answer == null) {
            failBeforeFirstByte(why);
        } else {
            answer.cut(why);
        }
    }

    /** The client has nothing of an answer yet: it is told what went wrong, and not charged. */
    void failBeforeFirstByte(Cut why) {
        refuse(
                switch (why) {
                    case BY_TIMEOUT ->
                        Problem.of(
                                504, "upstream_timeout", "The upstream has not answered in time. You are not charged.");
                    case BY_UPSTREAM -> unavailable();
                    case BY_CREDIT, BY_SHUTDOWN -> why.problem();
                });
    }

    private static Problem unavailable() {
        return Problem.of(502, "upstream_unavailable", "The upstream cannot be reached. You are not charged.");
    }

    private void refuse(Problem problem) {
        hold.release();
        exchange.refuse(problem);
    }

    @Override
    public void clientGone() {
        if (ended) {
            return;
        }
        part();
        if (connection == null) {
            hold.releaseAbandoned();
            return;
        }
        connection.abandon();
        if (answer == null) {
            Charges.clientGone(hold, null, 0);
        } else {
            answer.clientGone();
        }
    }

    @Override
    public void look(long nowNanos) {
        long waited = nowNanos - lastNanos;
        Upstream.Timeouts timeouts = upstream().timeouts();
        if (surroundings.calls().over()) {
            cutOff(Cut.BY_SHUTDOWN);
        } else if (waited > bound(timeouts).toNanos()
                || nowNanos - startedNanos > timeouts.total().toNanos()) {
            if (exchange.keepsUp()) {
                cutOff(Cut.BY_TIMEOUT);
            } else {
                exchange.hangUp();
            }
        } else if (nowNanos - renewedNanos > hold.renewAfter().toNanos()) {
            renewedNanos = nowNanos;
            hold.renew(() -> exchange.runOnLoop(() -> cutOff(Cut.BY_CREDIT)));
        }
    }

    private Duration bound(Upstream.Timeouts timeouts) {
        if (connection == null) {
            return timeouts.connect().plus(CONNECT_SLACK);
        }
        return answer == null ? timeouts.firstByte() : timeouts.idle();
    }
}

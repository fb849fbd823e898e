package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.connection.Collected;
import io.tollgate.gateway.connection.Exchange;
import io.tollgate.gateway.connection.Rounds;
import io.tollgate.gateway.dialect.OpenAiStream.EventTooLongException;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.routing.Upstream;
import io.tollgate.gateway.upstream.Attempts;
import io.tollgate.gateway.upstream.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call from its dispatch to its end. Everything happens on one event loop, so the state needs no lock. As long as the client has nothing of an answer,
 * a failure leads to the next attempt. Whichever end comes first is the call's end: it parts from its upstream, and ends the hold through its answer.
 */
final class UpstreamCall implements Exchange.ClientEvents, Rounds.Watched {

    private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

    private final Exchange exchange;
    private final OpenHold hold;
    private final CallSurroundings surroundings;
    private final Rounds rounds;
    private final Attempts attempts;
    private final long startedNanos;
    private long lastNanos;
    private long renewedNanos;
    private boolean ended;
    private boolean drained;
    private long drainedSinceNanos;
    private @Nullable UpstreamAttempt attempt;
    private @Nullable Answer answer;

    UpstreamCall(Exchange exchange, OpenHold hold, CallSurroundings surroundings) {
        this.exchange = exchange;
        this.hold = hold;
        this.surroundings = surroundings;
        rounds = surroundings.watch().on(exchange.loop());
        attempts = surroundings.health().attempts(hold.call().route());
        startedNanos = rounds.nowNanos();
        lastNanos = startedNanos;
        renewedNanos = startedNanos;
    }

    void start() {
        exchange.listen(this);
        rounds.add(this);
        ask(attempts.first());
    }

    /** Nobody is left to be asked if {@code next} is null: the client is told what went wrong, and not charged. */
    private void ask(@Nullable Upstream next) {
        answer = null;
        if (next == null) {
            part();
            refuse(attempts.problem());
            return;
        }
        UpstreamAttempt begun =
                new UpstreamAttempt(this, next, surroundings.pools().of(exchange.loop(), next));
        Duration pause = attempts.pause();
        attempt = begun;
        lastNanos = rounds.nowNanos() + pause.toNanos();
        if (pause.isZero()) {
            begun.begin();
        } else {
            var _ = exchange.loop().schedule(begun::begin, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The attempt has failed before the client had anything of an answer. */
    void failed(Failure why) {
        attempt().giveUp();
        Upstream next = attempts.after(why);
        ask(drained ? null : next);
    }

    /** There is no time for anybody else. */
    private void giveUp(UpstreamAttempt waiting) {
        if (waiting.begun()) {
            attempts.failed(waiting.slowness());
        }
        waiting.giveUp();
        ask(null);
    }

    private UpstreamAttempt attempt() {
        return requireNonNull(attempt);
    }

    Exchange exchange() {
        return exchange;
    }

    OpenHold hold() {
        return hold;
    }

    /** The attempt begins anew, and with it what may be waited for. */
    void again() {
        lastNanos = rounds.nowNanos();
    }

    FullHttpRequest dispatch(Upstream upstream) {
        lastNanos = rounds.nowNanos();
        return ForwardedRequest.of(exchange, hold, upstream);
    }

    void head(HttpResponse head) {
        lastNanos = rounds.nowNanos();
        Upstream instead = attempts.afterStatus(head.status().code());
        if (instead == null) {
            answer = answerTo(head);
        } else {
            attempt().giveUp();
            ask(drained ? null : instead);
        }
    }

    private Answer answerTo(HttpResponse head) {
        int status = head.status().code();
        if (status < 200 || status > 299) {
            return new FailedAnswer(this, head);
        }
        if (isStream(head)) {
            return new StreamedAnswer(this, head);
        }
        return announced(head) > hold.call().route().answerMax()
                ? new LargeAnswer(this, head)
                : new WholeAnswer(this, head);
    }

    /** An answer that can have no body is no stream either, whatever it says: there is no place in it for events. */
    private static boolean isStream(HttpResponse head) {
        String type = head.headers().get(CONTENT_TYPE);
        return type != null
                && type.startsWith("text/event-stream")
                && !head.status().equals(HttpResponseStatus.NO_CONTENT)
                && !head.status().equals(HttpResponseStatus.RESET_CONTENT);
    }

    private static long announced(HttpResponse head) {
        return Collected.announced(head.headers().get(CONTENT_LENGTH));
    }

    /** The head for the client: as the upstream has it, less what is not for it. */
    HttpHeaders answerHeaders(HttpResponse head) {
        HttpHeaders headers = Exchange.newHeaders();
        ForwardedHeaders.toClient(head.headers(), headers, hold.id().toString());
        ForwardedHeaders.tellHold(headers, hold);
        return headers;
    }

    /** Begins the answer to the client, which will be as long as the upstream's: from here on there is no other attempt. */
    void begin(HttpResponse head) {
        begin(head, announced(head));
    }

    /** Begins an answer in which events are taken out and put in: the length that the upstream announced is not the client's. */
    void beginStream(HttpResponse head) {
        begin(head, -1);
    }

    private void begin(HttpResponse head, long length) {
        attempts.answered();
        exchange.begin(head.status(), answerHeaders(head), length);
    }

    void part(ByteBuf content) {
        lastNanos = rounds.nowNanos();
        try {
            requireNonNull(answer).part(content);
        } catch (EventTooLongException e) {
            log.warn("{}: {}", attempt().upstream(), e.getMessage());
            cutOff(Cut.BY_UPSTREAM);
        }
    }

    void pause() {
        if (answer != null && !ended) {
            answer.pause();
            if (fallsBehind()) {
                attempt().read(false);
            }
        }
    }

    @Override
    public void clientReadsAgain() {
        lastNanos = rounds.nowNanos();
        if (!ended) {
            attempt().read(true);
        }
    }

    void end() {
        if (answer == null) {
            broken();
            return;
        }
        attempts.answered();
        part();
        answer.end();
    }

    void broken() {
        if (unseen()) {
            failed(Failure.BROKEN);
        } else {
            part();
            requireNonNull(answer).cut(Cut.BY_UPSTREAM);
        }
    }

    /** Whether there is a client that does not read what it is sent. */
    private boolean fallsBehind() {
        return !drained && !exchange.keepsUp();
    }

    /** Whether the client has nothing of an answer. */
    private boolean unseen() {
        return answer == null || answer.unseen();
    }

    /** The call is over, one way or another. */
    private void part() {
        ended = true;
        rounds.remove(this);
        attempts.end();
        if (drained) {
            surroundings.drains().ended();
            surroundings.calls().ended();
        }
    }

    /** The answer may not go on: nothing pays for it. */
    void creditGone() {
        cutOff(Cut.BY_CREDIT);
    }

    /** Breaks the call off from here. */
    private void cutOff(Cut why) {
        if (ended) {
            return;
        }
        if (drained) {
            leave();
            return;
        }
        part();
        attempt().giveUp();
        if (unseen()) {
            refuse(why.problem());
        } else {
            requireNonNull(answer).cut(why);
        }
    }

    private void refuse(Problem problem) {
        hold.release();
        exchange.refuse(
                problem.header(ForwardedHeaders.REQUEST_ID.toString(), hold.id().toString()));
    }

    @Override
    public void clientGone() {
        if (ended) {
            return;
        }
        if (attempt().dispatched() && surroundings.drains().begin(hold.call().route())) {
            drained = true;
            drainedSinceNanos = rounds.nowNanos();
            lastNanos = drainedSinceNanos;
            surroundings.calls().begun();
            attempt().read(true);
        } else {
            leave();
        }
    }

    /** Nothing more of the answer is wanted, since nobody waits for it. */
    private void leave() {
        part();
        boolean dispatched = attempt().dispatched();
        attempt().giveUp();
        if (!dispatched) {
            hold.releaseAbandoned();
        } else if (answer == null) {
            Charges.clientGone(hold, null, 0);
        } else {
            answer.clientGone();
        }
    }

    @Override
    public void look(long nowNanos) {
        if (ended) {
            return;
        }
        UpstreamAttempt waiting = attempt();
        boolean late = nowNanos - lastNanos > waiting.patience().toNanos();
        boolean tooLate =
                nowNanos - startedNanos > waiting.upstream().timeouts().total().toNanos();
        if (surroundings.calls().over()) {
            cutOff(Cut.BY_SHUTDOWN);
        } else if (drained
                && nowNanos - drainedSinceNanos > surroundings.drains().longestNanos()) {
            leave();
        } else if ((late || tooLate) && fallsBehind()) {
            exchange.hangUp();
        } else if (tooLate && unseen()) {
            giveUp(waiting);
        } else if (late && unseen()) {
            failed(waiting.slowness());
        } else if (late || tooLate) {
            cutOff(Cut.BY_TIMEOUT);
        } else if (nowNanos - renewedNanos > hold.renewAfter().toNanos()) {
            renewedNanos = nowNanos;
            hold.renew(() -> exchange.runOnLoop(this::creditGone));
        }
    }
}

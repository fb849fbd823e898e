package io.tollgate.gateway.misbehaviour;

import io.tollgate.gateway.misbehaviour.Script.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A request that has come whole, and what has been sent back to it so far. */
public final class Served {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Request request;
    private final Connection connection;
    private final CompletableFuture<Void> goOn = new CompletableFuture<>();
    private final CompletableFuture<Void> paused = new CompletableFuture<>();
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private final AtomicLong bytesSent = new AtomicLong();

    Served(Request request, Connection connection) {
        this.request = request;
        this.connection = connection;
    }

    /** What was asked. */
    public record Request(String head, String body) {}

    /** How the caller has left its connection. */
    public enum CallersEnd {
        /** It is still there and may carry the next request. */
        KEPT,
        CLOSED
    }

    public Request request() {
        return request;
    }

    /** Number of its connection, counted from the upstream's start. */
    public int connection() {
        return connection.number();
    }

    public long bytesSent() {
        return bytesSent.get();
    }

    /** Returns once the script has come to its first pause, all before it being sent. */
    public Served awaitPause() {
        await(paused);
        return this;
    }

    public void goOn() {
        goOn.complete(null);
    }

    /** Returns once the last byte is sent, or could not be. */
    public Served awaitPlayed() {
        await(played);
        return this;
    }

    /** Returns once the caller has closed the connection; fails if it does not. */
    public void awaitCallerGone() {
        await(connection.callerGone());
    }

    /** Where the connection is after the script: one that nobody can use any more must have been closed by the caller. */
    public CallersEnd callersEnd() {
        awaitPlayed();
        if (connection.endedHere() || connection.callerGone().isDone()) {
            return CallersEnd.CLOSED;
        }
        return CallersEnd.KEPT;
    }

    void play(Script script) {
        try {
            for (Step step : script.steps()) {
                play(step);
            }
        } catch (IOException _) {
            // The caller is gone, which the connection has noted.
        } finally {
            connection.end(script.end());
            paused.complete(null);
            played.complete(null);
        }
    }

    private void play(Step step) throws IOException {
        switch (step) {
            case Step.Write(byte[] bytes, int atOnce) -> {
                for (int from = 0; from < bytes.length; from += atOnce) {
                    write(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + atOnce)));
                }
            }
            case Step.Drip(byte[] bytes, Duration every) -> {
                while (!connection.isCallerGoneWithin(every)) {
                    write(bytes);
                }
            }
            case Step.Pause _ -> {
                paused.complete(null);
                CompletableFuture.anyOf(goOn, connection.callerGone()).join();
            }
            case Step.PauseUntilGone _ -> {
                paused.complete(null);
                connection.callerGone().join();
            }
        }
    }

    private void write(byte[] bytes) throws IOException {
        connection.write(bytes);
        bytesSent.addAndGet(bytes.length);
    }

    private static void await(CompletableFuture<Void> event) {
        event.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}

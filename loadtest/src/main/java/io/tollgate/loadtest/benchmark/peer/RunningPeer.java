package io.tollgate.loadtest.benchmark.peer;

import io.tollgate.loadtest.benchmark.process.Child;
import io.tollgate.loadtest.benchmark.process.Cpu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A peer that serves. */
public final class RunningPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Peer peer;
    private final URI uri;
    private final @Nullable Child child;
    private final Duration startToReady;

    private RunningPeer(Peer peer, URI uri, @Nullable Child child, Duration startToReady) {
        this.peer = peer;
        this.uri = uri;
        this.child = child;
        this.startToReady = startToReady;
    }

    /** Returns once it has answered; a peer that does not is a failure, not something to leave out. */
    public static RunningPeer start(Peer peer, Site site, List<String> moreJvmFlags) {
        int port = freePort();
        List<String> command = peer.command(site, port, moreJvmFlags);
        URI uri = peer.uri(site, port);
        long began = System.nanoTime();
        Child child = command.isEmpty()
                ? null
                : Child.start(peer.name(), site.directory(), command, peer.environment(site, port));
        try (HttpClient client = HttpClient.newHttpClient()) {
            awaitAnswer(client, uri.resolve(peer.readyPath()), child);
        }
        return new RunningPeer(peer, uri, child, Duration.ofNanos(System.nanoTime() - began));
    }

    public Peer peer() {
        return peer;
    }

    public String name() {
        return peer.name();
    }

    public URI uri() {
        return uri;
    }

    /** From the start of its process to its first 200. */
    public Duration startToReady() {
        return startToReady;
    }

    public Cpu cpu() {
        return child == null ? Cpu.ofNothing() : Cpu.of(child.handle());
    }

    public @Nullable Child child() {
        return child;
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awaitAnswer(HttpClient client, URI uri, @Nullable Child child) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer ready")
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(client, request)) {
            if (child != null) {
                child.demandAlive();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no answer from " + uri + " after " + PATIENCE
                        + (child == null ? "" : ":\n" + child.lastWords()));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

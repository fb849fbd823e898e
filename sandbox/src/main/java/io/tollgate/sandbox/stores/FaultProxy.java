package io.tollgate.sandbox.stores;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A wire to a TCP server that can be cut, slowed, stalled and unplugged, whatever backend the server runs on. It starts
 * out well, serves at most {@value #MOST_CONNECTIONS} connections at a time and is not made for load.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int BUFFER_BYTES = 16 * 1024;

    private volatile InetSocketAddress target;
    private final InetSocketAddress address;
    private final Gate gate = new Gate();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable ServerSocket listener;
    private CompletableFuture<Void> serving = CompletableFuture.completedFuture(null);

    private FaultProxy(InetSocketAddress target) {
        this.target = target;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());
    }

    public static FaultProxy to(String host, int port) {
        FaultProxy proxy = new FaultProxy(new InetSocketAddress(host, port));
        proxy.accept();
        return proxy;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return address.getPort();
    }

    /** New connections lead there; those there are go on, unless {@link #cut()}. */
    public void leadTo(String host, int port) {
        target = new InetSocketAddress(host, port);
    }

    /** Resets every connection there is; new ones are served. */
    public void cut() {
        sockets.forEach(FaultProxy::reset);
    }

    /** New connections are refused; those there are go on, unless {@link #cut()}. */
    public synchronized void refuse() {
        if (listener != null) {
            shut(listener);
            serving.join(); // until the thread in accept() lets go of it, the port still answers
            listener = null;
        }
    }

    /** Undoes {@link #refuse()}, on the same port. */
    public synchronized void accept() {
        if (listener != null) {
            return;
        }
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(address);
            listener = opened;
            serving = CompletableFuture.runAsync(() -> serve(opened), threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is read from either side is passed on so much later, and nothing else is read meanwhile. */
    public void delay(Duration each) {
        gate.delay(each);
    }

    /** Connections stay open and carry nothing. */
    public void stall() {
        gate.close();
    }

    /** Undoes {@link #stall()} and {@link #delay(Duration)}; what was held back arrives. */
    public void flow() {
        gate.open();
    }

    @Override
    public void close() {
        refuse();
        cut();
        threads.shutdownNow();
    }

    private void serve(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                connect(from.accept());
            } catch (IOException _) {
                // The listener is closed, which ends the loop, or the client has left again.
            }
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        if (sockets.size() > 2 * MOST_CONNECTIONS) {
            give(client);
            return;
        }
        Socket server = new Socket();
        sockets.add(server);
        threads.execute(() -> {
            try {
                server.connect(target);
                threads.execute(() -> pump(server, client));
                pump(client, server);
            } catch (IOException e) {
                give(client);
                give(server);
            }
        });
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count != -1; count = in.read(buffer)) {
                gate.pass();
                out.write(buffer, 0, count);
            }
        } catch (IOException _) {
            // The other side learns by the close that follows.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void give(Socket socket) {
        sockets.remove(socket);
        reset(socket);
    }

    private static void reset(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException _) {
            // It is closed already.
        } finally {
            shut(socket);
        }
    }

    private static void shut(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

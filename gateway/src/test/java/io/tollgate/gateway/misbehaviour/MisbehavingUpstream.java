package io.tollgate.gateway.misbehaviour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A provider that follows scripts. Which one a call gets is said by the model that it asks for, so that calls of several tests can
 * go on side by side.
 */
public final class MisbehavingUpstream implements AutoCloseable {

    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");
    private static final List<Script> UNKNOWN = List.of(Script.empty().then(Script.End.RST));
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<Script>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Queue<Served>> served = new ConcurrentHashMap<>();
    private final List<Connection> connections = new ArrayList<>();
    private final AtomicInteger named = new AtomicInteger();

    private MisbehavingUpstream(ServerSocket listener) {
        this.listener = listener;
    }

    public static MisbehavingUpstream start() {
        try {
            MisbehavingUpstream upstream =
                    new MisbehavingUpstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            upstream.threads.execute(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** A model to ask for by those who want the script played. */
    public String playing(Script script) {
        return playing(script, script);
    }

    /** As {@link #playing(Script)}, where the first time another script is played than from then on. */
    public String playing(Script first, Script next) {
        String model = "scripted-" + named.incrementAndGet();
        scripts.put(model, List.of(first, next));
        return model;
    }

    /** The latest call for the model; waits until one has come. */
    public Served call(String model) {
        Awaitility.await("a call for " + model)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !calls(model).isEmpty());
        return calls(model).getLast();
    }

    /** All calls for the model that have come whole. */
    public List<Served> calls(String model) {
        return List.copyOf(served.getOrDefault(model, new ConcurrentLinkedQueue<>()));
    }

    /** How many connections were ever made to it. */
    public synchronized int connections() {
        return connections.size();
    }

    public synchronized int openConnections() {
        return (int) connections.stream().filter(Connection::isOpen).count();
    }

    /** Closes the connections on which nothing is under way, as servers do with idle ones. */
    public synchronized void closeConnections() {
        connections.forEach(Connection::close);
    }

    /** An address at which nobody listens, and nobody else can. */
    public static final class Refusing implements AutoCloseable {

        private final Socket bound = new Socket();

        public Refusing() {
            try {
                bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String url() {
            return "http://127.0.0.1:" + bound.getLocalPort();
        }

        @Override
        public void close() {
            try {
                bound.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Connection connection = add(listener.accept());
                threads.execute(connection::readUntilTheCallerIsGone);
                threads.execute(() -> serve(connection));
            } catch (IOException _) {
                // The listener is closed, which ends the loop, or the caller has left again.
            }
        }
    }

    private synchronized Connection add(Socket socket) throws IOException {
        Connection connection = new Connection(connections.size(), socket);
        connections.add(connection);
        return connection;
    }

    private void serve(Connection connection) {
        try {
            for (var request = connection.nextRequest(); request != null; request = connection.nextRequest()) {
                Matcher model = MODEL.matcher(request.body());
                String name = model.find() ? model.group(1) : "";
                Served call = new Served(request, connection);
                Queue<Served> former = served.computeIfAbsent(name, _ -> new ConcurrentLinkedQueue<>());
                List<Script> known = scripts.getOrDefault(name, UNKNOWN);
                Script script = former.isEmpty() ? known.getFirst() : known.getLast();
                former.add(call);
                call.play(script);
            }
        } catch (IOException _) {
            // The caller has left in the middle of a request.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeConnections();
        threads.close();
    }
}

package io.tollgate.gateway.misbehaviour;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.gateway.misbehaviour.Script.End;
import io.tollgate.gateway.misbehaviour.Served.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A caller's connection. One thread does nothing but read it, so that the caller's leaving is noticed whatever else goes on. */
final class Connection {

    private static final int READ_AHEAD = 16 * 1024;
    private static final int HEAD_MAX = 64 * 1024;

    private final int number;
    private final Socket socket;
    private final PipedInputStream received = new PipedInputStream(READ_AHEAD);
    private final PipedOutputStream sink;
    private final CompletableFuture<Void> callerGone = new CompletableFuture<>();
    private volatile boolean endedHere;

    Connection(int number, Socket socket) throws IOException {
        this.number = number;
        this.socket = socket;
        this.sink = new PipedOutputStream(received);
        socket.setTcpNoDelay(true);
    }

    int number() {
        return number;
    }

    CompletableFuture<Void> callerGone() {
        return callerGone;
    }

    boolean isCallerGoneWithin(Duration wait) {
        try {
            callerGone.copy().get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean endedHere() {
        return endedHere;
    }

    boolean isOpen() {
        return !endedHere && !callerGone.isDone();
    }

    void readUntilTheCallerIsGone() {
        try (sink) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sink.write(buffer, 0, count);
                sink.flush(); // or the reader would look only once a second
            }
        } catch (IOException _) {
            // A reset is an end too.
        } finally {
            callerGone.complete(null);
        }
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void end(End how) {
        switch (how) {
            case KEEP -> {}
            case FIN -> close();
            case RST -> reset();
            case STALL -> {
                callerGone.join();
                close();
            }
        }
    }

    void reset() {
        endedHere = true;
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // It is closed already.
        }
    }

    void close() {
        endedHere = true;
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed already.
        }
    }

    /** Null if the caller closes the connection first. */
    @Nullable
    Request nextRequest() throws IOException {
        String head = readHead();
        return head == null ? null : new Request(head, new String(received.readNBytes(lengthOfBody(head)), UTF_8));
    }

    private @Nullable String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int read = received.read();
            if (read < 0 || head.size() > HEAD_MAX) {
                return null;
            }
            head.write(read);
        }
        return head.toString(ISO_8859_1);
    }

    private static int lengthOfBody(String head) {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }
}

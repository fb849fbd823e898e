package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client's connection on which any bytes can be sent. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /** An answer; header names in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {
        @Nullable
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    static Wire to(URI gateway) {
        try {
            Socket socket = new Socket(gateway.getHost(), gateway.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            return new Wire(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void patience(int millis) {
        told(() -> {
            socket.setSoTimeout(millis);
            return 0;
        });
    }

    Wire send(String text) {
        return send(text.getBytes(UTF_8));
    }

    Wire send(byte[] bytes) {
        told(() -> {
            socket.getOutputStream().write(bytes);
            return 0;
        });
        return this;
    }

    /** Says that nothing more will be sent; answers can still be read. */
    Wire halfClose() {
        told(() -> {
            socket.shutdownOutput();
            return 0;
        });
        return this;
    }

    /** The next answer that is no interim one. */
    Answer answer() {
        return answerTo("POST");
    }

    Answer answerTo(String method) {
        Answer answer = told(() -> read(method));
        return answer.status() / 100 == 1 && answer.status() != 101 ? answerTo(method) : answer;
    }

    /** The next answer, which may be an interim one. */
    Answer nextAnswer() {
        return told(() -> read("POST"));
    }

    /** Whether something has come that has not been read yet. */
    boolean answered() {
        return told(() -> in.available() > 0);
    }

    /** Whatever comes until the gateway closes the connection, be it by a reset because more was sent than it read. */
    String untilClosed() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        told(() -> {
            try {
                in.transferTo(all);
            } catch (SocketException _) {
                // A SocketTimeoutException is none of these.
            }
            return 0;
        });
        return all.toString(UTF_8);
    }

    /** The first that comes; empty if the gateway closes the connection. */
    String whatComesFirst() {
        return told(() -> {
            byte[] first = new byte[4096];
            int read = in.read(first);
            return read < 0 ? "" : new String(first, 0, read, UTF_8);
        });
    }

    /** Leaves without a word, as a client that crashes does. */
    void reset() {
        told(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return 0;
        });
    }

    private Answer read(String method) throws IOException {
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
            throw new IOException("no answer: " + String.join(" ", status));
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status[1]);
        return new Answer(code, headers, new String(body(method, code, headers), UTF_8));
    }

    private byte[] body(String method, int status, Map<String, String> headers) throws IOException {
        if (method.equals("HEAD") || status / 100 == 1 || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            return in.readAllBytes();
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            throw new EOFException("the answer breaks off");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("closed after: " + line.toString(ISO_8859_1));
            }
            line.write(read);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    private interface Speech<T> {
        T say() throws IOException;
    }

    private static <T> T told(Speech<T> speech) {
        try {
            return speech.say();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        told(() -> {
            socket.close();
            return 0;
        });
    }
}

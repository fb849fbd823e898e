package io.tollgate.sandbox.ai;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that sees bytes, and how a connection ends. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final AiSimulator simulator;
    private final Socket socket;

    RawConnection(AiSimulator simulator) throws IOException {
        this.simulator = simulator;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    enum End {
        ORDERLY,
        RESET,
        SILENCE
    }

    record Seen(String bytes, End end) {
        String body() {
            return bytes.substring(bytes.indexOf("\r\n\r\n") + 4);
        }
    }

    /** Sends a chat request that asks for the connection to be closed afterwards, and reads until it is. */
    Seen ask(String json, String... headers) throws IOException {
        send("POST", "/v1/chat/completions", json, headers);
        return readToTheEnd();
    }

    void send(String method, String path, String body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nhost: sim\r\nconnection: close\r\n");
        head.append("authorization: Bearer ").append(simulator.apiKey()).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
        socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
    }

    void sendRaw(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    RawConnection patientFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    Seen readToTheEnd() {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        End end = End.ORDERLY;
        try {
            InputStream in = socket.getInputStream();
            byte[] some = new byte[8_192];
            for (int count = in.read(some); count != -1; count = in.read(some)) {
                seen.write(some, 0, count);
            }
        } catch (SocketTimeoutException e) {
            end = End.SILENCE;
        } catch (IOException e) {
            end = End.RESET;
        }
        return new Seen(seen.toString(StandardCharsets.ISO_8859_1), end);
    }

    void readThrough(String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next == -1) {
                throw new EOFException("no " + text + " in " + seen);
            }
            seen.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.tollgate.gateway.misbehaviour;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client's connection, used byte by byte: it can be left at any point, and tells an answer that is whole from one that was cut. */
public final class WireCall implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Socket socket;
    private final InputStream in;

    private WireCall(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** How a client goes. */
    public enum Leaving {
        CLOSES,
        RESETS,
        CLOSES_ITS_HALF
    }

    /**
     * What came back.
     *
     * @param whole whether it ended as its head had announced
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, Map<String, String> headers, byte[] bytes, boolean whole) {

        public String body() {
            return new String(bytes, UTF_8);
        }

        /** Empty if there is none. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public static WireCall to(String gateway) {
        URI url = URI.create(gateway);
        try {
            Socket socket = new Socket(url.getHost(), url.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return new WireCall(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public WireCall post(String path, String key, String body) {
        return write(head(path, key, body) + body);
    }

    /** All but the last bytes of the body. */
    public WireCall postAlmost(String path, String key, String body) {
        return write(head(path, key, body) + body.substring(0, body.length() - 3));
    }

    private static String head(String path, String key, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n";
    }

    private WireCall write(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the text has come. */
    public WireCall readUntil(String text) {
        StringBuilder seen = new StringBuilder();
        try {
            while (seen.indexOf(text) < 0) {
                seen.append((char) readByte());
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("after: " + seen, e);
        }
    }

    public void leave(Leaving how) {
        try {
            switch (how) {
                case CLOSES -> socket.close();
                case RESETS -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                case CLOSES_ITS_HALF -> socket.shutdownOutput();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the answer to its end, or to where it was cut. */
    public Answer answer() {
        try {
            String[] lines = readHead().split("\r\n", -1);
            int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.put(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            boolean whole = readBody(status, headers, body);
            return new Answer(status, headers, body.toByteArray(), whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) readByte());
        }
        return head.substring(0, head.length() - 4);
    }

    private boolean readBody(int status, Map<String, String> headers, ByteArrayOutputStream body) throws IOException {
        try {
            if (status == 204 || status == 304) {
                return true;
            }
            if (headers.getOrDefault("Transfer-Encoding", "")
                    .toLowerCase(Locale.ROOT)
                    .equals("chunked")) {
                for (int size = readChunkSize(); size > 0; size = readChunkSize()) {
                    read(size, body);
                    readLine();
                }
                readLine();
                return true;
            }
            String length = headers.get("Content-Length");
            if (length == null) {
                in.transferTo(body);
                return true;
            }
            read(Integer.parseInt(length), body);
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            return false;
        }
    }

    private int readChunkSize() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append((char) readByte());
        }
        return line.substring(0, line.length() - 2);
    }

    private void read(int count, ByteArrayOutputStream into) throws IOException {
        for (int i = 0; i < count; i++) {
            into.write(readByte());
        }
    }

    private int readByte() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException();
        }
        return read;
    }

    @Override
    public void close() {
        leave(Leaving.CLOSES);
    }
}

package io.tollgate.sandbox.stores;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/** Just enough of the Redis protocol to ping, select, flush and replicate, so that the sandbox needs no Redis client. */
final class RedisConnection implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream replies;

    private RedisConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.replies = new BufferedInputStream(socket.getInputStream());
    }

    static RedisConnection open(String host, int port) throws IOException {
        return open(new Socket(), host, port);
    }

    /** Understands {@code redis://[user:]password@host:port/db}, and {@code rediss} for TLS. */
    static RedisConnection open(URI uri) throws IOException {
        Socket socket =
                "rediss".equals(uri.getScheme()) ? SSLSocketFactory.getDefault().createSocket() : new Socket();
        RedisConnection redis = open(socket, uri.getHost(), uri.getPort() == -1 ? 6379 : uri.getPort());
        redis.authenticate(uri);
        return redis;
    }

    private static RedisConnection open(Socket socket, String host, int port) throws IOException {
        try {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.connect(new InetSocketAddress(host, port), (int) TIMEOUT.toMillis());
            return new RedisConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void authenticate(URI uri) throws IOException {
        String credentials = uri.getRawUserInfo();
        if (credentials == null) {
            return;
        }
        int colon = credentials.indexOf(':');
        String password = URLDecoder.decode(credentials.substring(colon + 1), StandardCharsets.UTF_8);
        if (colon > 0) {
            call("AUTH", URLDecoder.decode(credentials.substring(0, colon), StandardCharsets.UTF_8), password);
        } else {
            call("AUTH", password);
        }
    }

    RedisConnection within(Duration timeout) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
        return this;
    }

    /** The reply without its type mark; an error reply is an exception. */
    String call(String... words) throws IOException {
        StringBuilder request = new StringBuilder("*").append(words.length).append("\r\n");
        for (String word : words) {
            request.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        String reply = readLine();
        if (reply.startsWith("-")) {
            throw new IOException("Redis refused " + words[0] + ": " + reply.substring(1));
        }
        return reply.startsWith("$") ? readBulk(Integer.parseInt(reply.substring(1))) : reply.substring(1);
    }

    private String readBulk(int length) throws IOException {
        String bulk = new String(replies.readNBytes(length), StandardCharsets.UTF_8);
        replies.skipNBytes(2);
        return bulk;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = replies.read(); next != '\n'; next = replies.read()) {
            if (next == -1) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

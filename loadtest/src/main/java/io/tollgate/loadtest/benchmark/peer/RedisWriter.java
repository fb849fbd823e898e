package io.tollgate.loadtest.benchmark.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes what a peer needs to have in Redis: commands that answer with one line, all sent before any answer is read. */
final class RedisWriter implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private int sent;

    private RedisWriter(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    static RedisWriter open(URI redis, int database) {
        try {
            RedisWriter writer = new RedisWriter(new Socket(redis.getHost(), redis.getPort()));
            writer.send("SELECT", Integer.toString(database));
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String... words) {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.getBytes(UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        try {
            out.write(command.toString().getBytes(UTF_8));
            sent++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when all is written; an error among the answers is one here. */
    @Override
    public void close() {
        try (socket) {
            out.flush();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < sent; i++) {
                String answer = line(in);
                if (answer.isEmpty() || answer.startsWith("-")) {
                    throw new IOException("Redis has answered: " + answer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

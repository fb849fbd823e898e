package io.tollgate.billing.notice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that answers as it is told to: for what a well-behaved one never does. */
final class ScriptedSmtp implements AutoCloseable {

    /** How it deals with one mail. */
    enum Mood {
        TAKES_IT,
        BUSY_FOR_NOW,
        KNOWS_NO_SUCH_ADDRESS,
        DISLIKES_THE_SENDER,
        SILENT_AT_THE_ADDRESS,
        SILENT_AFTER_TAKING_IT
    }

    private final ServerSocket server;
    private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Mood otherwise = Mood.TAKES_IT;

    ScriptedSmtp() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("scripted smtp").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** For the mails to come, one each; for those after, the last. */
    void feel(Mood... next) {
        moods.clear();
        for (Mood mood : next) {
            moods.add(mood);
        }
        otherwise = next[next.length - 1];
        taken.set(0);
        asked.set(0);
    }

    /** Mails whose last byte it has read and not refused. */
    int taken() {
        return taken.get();
    }

    int asked() {
        return asked.get();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> converse(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void converse(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            Mood next = moods.poll();
            Mood mood = next == null ? otherwise : next;
            say(socket, "220 ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer(socket, in, line, mood);
            }
        } catch (IOException gone) {
            // the client had enough
        }
    }

    private void answer(Socket socket, BufferedReader in, String line, Mood mood) throws IOException {
        String verb = line.length() < 4 ? line : line.substring(0, 4);
        switch (verb) {
            case "EHLO", "HELO", "RSET" -> say(socket, "250 fine");
            case "MAIL" -> say(socket, mood == Mood.DISLIKES_THE_SENDER ? "550 not you" : "250 fine");
            case "RCPT" -> recipient(socket, mood);
            case "DATA" -> data(socket, in, mood);
            case "QUIT" -> say(socket, "221 bye");
            default -> say(socket, "502 what?");
        }
    }

    private void recipient(Socket socket, Mood mood) throws IOException {
        asked.incrementAndGet();
        switch (mood) {
            case BUSY_FOR_NOW -> say(socket, "451 try later");
            case KNOWS_NO_SUCH_ADDRESS -> say(socket, "550 no such user");
            case SILENT_AT_THE_ADDRESS -> {
                // says nothing
            }
            default -> say(socket, "250 fine");
        }
    }

    private void data(Socket socket, BufferedReader in, Mood mood) throws IOException {
        say(socket, "354 go on");
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            // not read
        }
        taken.incrementAndGet();
        if (mood != Mood.SILENT_AFTER_TAKING_IT) {
            say(socket, "250 taken");
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.NullNode;

/** A provider that keeps every request as it came, byte by byte, and answers all of them alike. It reads HTTP by the letter. */
final class RecordingUpstream implements AutoCloseable {

    static final int PROMPT_TOKENS = 3;
    static final int COMPLETION_TOKENS = 2;

    private static final String USAGE = "\"usage\":{\"prompt_tokens\":" + PROMPT_TOKENS + ",\"completion_tokens\":"
            + COMPLETION_TOKENS + ",\"total_tokens\":" + (PROMPT_TOKENS + COMPLETION_TOKENS) + "}";
    private static final String WHOLE = "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":["
            + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Two words\"},\"finish_reason\":\"stop\"}],"
            + USAGE + "}";
    private static final String STREAM =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Two words\"}}]}\n\n"
                    + "data: {\"id\":\"c\",\"choices\":[]," + USAGE + "}\n\ndata: [DONE]\n\n";
    private static final int HEAD_MAX = 1 << 20;

    private final ServerSocket server;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    private RecordingUpstream(ServerSocket server) {
        this.server = server;
    }

    /** A request as it came. */
    @SuppressWarnings("ArrayRecordComponent")
    record Seen(String line, List<Header> headers, byte[] body) {
        @Nullable
        String header(String name) {
            return headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .findFirst()
                    .orElse(null);
        }

        String text() {
            return new String(body, UTF_8);
        }
    }

    static RecordingUpstream start() {
        try {
            RecordingUpstream upstream =
                    new RecordingUpstream(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<Seen> seenFor(String account) {
        return seen.stream()
                .filter(request -> account.equals(request.header("tollgate-account")))
                .toList();
    }

    /** What came that was no HTTP by the letter. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); head != null; head = head(in)) {
                Seen request = request(head, in);
                seen.add(request);
                answer(request, socket.getOutputStream());
            }
        } catch (IOException _) {
            // The gateway may leave whenever it likes.
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
        }
    }

    private static @Nullable String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < HEAD_MAX) {
            int read = in.read();
            if (read < 0) {
                return null;
            }
            head.append((char) read);
            if (read == '\n' && head.length() >= 4 && head.lastIndexOf("\r\n\r\n") == head.length() - 4) {
                return head.toString();
            }
        }
        throw new IllegalArgumentException("a head without an end");
    }

    private static Seen request(String head, InputStream in) throws IOException {
        String[] lines = head.substring(0, head.length() - 4).split("\r\n", -1);
        if (!lines[0].matches("POST /chat/completions HTTP/1\\.1")) {
            throw new IllegalArgumentException("request line: " + lines[0]);
        }
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            headers.add(Header.strictly(lines[i]));
        }
        List<String> lengths = headers.stream()
                .filter(header -> header.name().equalsIgnoreCase("content-length"))
                .map(Header::value)
                .toList();
        boolean coded = headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("transfer-encoding"));
        if (coded || lengths.size() != 1 || !lengths.getFirst().matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("length in doubt: " + head);
        }
        byte[] body = in.readNBytes(Integer.parseInt(lengths.getFirst()));
        if (body.length < Integer.parseInt(lengths.getFirst())) {
            throw new EOFException();
        }
        return new Seen(lines[0], headers, body);
    }

    private static void answer(Seen request, OutputStream out) throws IOException {
        LenientReading reading = LenientReading.of(request.body());
        boolean streamed = reading != null
                && reading.last().getOrDefault("stream", NullNode.getInstance()).asBoolean(false);
        byte[] body = (streamed ? STREAM : WHOLE).getBytes(UTF_8);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: " + (streamed ? "text/event-stream" : "application/json")
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] answer = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(ISO_8859_1), 0, answer, 0, head.length());
        System.arraycopy(body, 0, answer, head.length(), body.length);
        out.write(answer);
        out.flush();
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

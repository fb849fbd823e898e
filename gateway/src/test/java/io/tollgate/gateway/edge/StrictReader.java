package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a connection's bytes the requests about which no two readers of RFC 9112 can disagree, and stops where one could. What a gateway takes for
 * a request beyond these is a guess of its own.
 */
final class StrictReader {

    /** A recipient may take vertical tabs and form feeds between the words for blanks (RFC 9112 §3). */
    private static final Pattern LINE = Pattern.compile(
            "[ \\t\\x0b\\f]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \\t\\x0b\\f]+([\\x21-\\x7e\\x80-\\xff]+)[ \\t\\x0b\\f]+HTTP/1\\.([01])[ \\t\\x0b\\f]*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(?:;[\\x20-\\x7e\\t\\x80-\\xff]*)?");

    private final byte[] bytes;
    private final List<ReadRequest> requests = new ArrayList<>();
    private int at;

    private StrictReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A request that is what it is. */
    @SuppressWarnings("ArrayRecordComponent")
    record ReadRequest(String method, String target, int minorVersion, List<Header> headers, byte[] body) {

        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .toList();
        }

        boolean isLast() {
            boolean close = all("connection").stream().anyMatch(value -> value.matches("(?i).*\\bclose\\b.*"));
            boolean keep = all("connection").stream().anyMatch(value -> value.matches("(?i).*\\bkeep-alive\\b.*"));
            return close || (minorVersion == 0 && !keep);
        }
    }

    static List<ReadRequest> read(byte[] bytes) {
        StrictReader reader = new StrictReader(bytes);
        try {
            while (reader.next()) {}
        } catch (IllegalArgumentException _) {
            // In doubt from here.
        }
        return List.copyOf(reader.requests);
    }

    private boolean next() {
        String line = line();
        while (line != null && line.isEmpty()) {
            line = line();
        }
        if (line == null) {
            return false;
        }
        Matcher matcher = LINE.matcher(line);
        check(matcher.matches());
        List<Header> headers = headers();
        if (headers == null) {
            return false;
        }
        ReadRequest head = new ReadRequest(
                matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)), headers, new byte[0]);
        byte[] body = body(head);
        if (body == null) {
            return false;
        }
        requests.add(new ReadRequest(head.method(), head.target(), head.minorVersion(), headers, body));
        return !head.isLast();
    }

    private @Nullable List<Header> headers() {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                return lines.stream().map(Header::strictly).toList();
            }
            if (line.startsWith(" ") || line.startsWith("\t")) {
                // A folded line is read as one (RFC 9112 §5.2)
                check(!lines.isEmpty());
                lines.add(lines.removeLast() + " " + line.strip());
            } else {
                lines.add(line);
            }
        }
        return null;
    }

    /** Null if it has not come whole. */
    private byte @Nullable [] body(ReadRequest head) {
        List<String> codings = head.all("transfer-encoding");
        List<String> lengths = head.all("content-length");
        int hosts = head.all("host").size();
        check(hosts == 1 || (hosts == 0 && head.minorVersion() == 0));
        if (codings.isEmpty()) {
            check(lengths.size() <= 1);
            return lengths.isEmpty() ? new byte[0] : take(length(lengths.getFirst()));
        }
        check(lengths.isEmpty() && head.minorVersion() == 1);
        check(codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
        return chunks();
    }

    private static int length(String text) {
        check(text.matches("[0-9]{1,9}"));
        return Integer.parseInt(text);
    }

    private byte @Nullable [] chunks() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String line = line(); line != null; line = line()) {
            Matcher chunk = CHUNK.matcher(line);
            check(chunk.matches());
            int size = Integer.parseInt(chunk.group(1), 16);
            if (size == 0) {
                return headers() == null ? null : body.toByteArray();
            }
            byte[] piece = take(size);
            if (piece == null || at + 2 > bytes.length) {
                return null;
            }
            body.writeBytes(piece);
            check(bytes[at] == '\r' && bytes[at + 1] == '\n');
            at += 2;
        }
        return null;
    }

    private byte @Nullable [] take(int size) {
        if (size > bytes.length - at) {
            return null;
        }
        byte[] taken = Arrays.copyOfRange(bytes, at, at + size);
        at += size;
        return taken;
    }

    /** Null if it has not come whole. A line feed or carriage return by itself is in doubt. */
    private @Nullable String line() {
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] == '\r') {
                if (i + 1 == bytes.length) {
                    return null;
                }
                check(bytes[i + 1] == '\n');
                String line = new String(bytes, at, i - at, ISO_8859_1);
                at = i + 2;
                return line;
            }
            check(bytes[i] != '\n');
        }
        return null;
    }

    private static void check(boolean beyondDoubt) {
        if (!beyondDoubt) {
            throw new IllegalArgumentException("in doubt");
        }
    }
}

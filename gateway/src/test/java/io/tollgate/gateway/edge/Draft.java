package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A metered call while it is being written: valid as it comes, and open to every change. Each character is a byte. */
final class Draft {

    static final String CRLF = "\r\n";

    String requestLine = "POST " + EdgeGateway.CHAT + " HTTP/1.1";
    final List<String> lines = new ArrayList<>();

    /** The body's JSON members, each as {@code "name":value}. */
    final List<String> members = new ArrayList<>();

    /** Null while the body is what the members make. */
    @Nullable
    String body;

    /** Null while the framing is right; else all that follows the headers, with the lines that announce it. */
    @Nullable
    String framed;

    String eol = CRLF;

    Draft(Dice dice, long number, String key) {
        lines.add("Host: tollgate.test");
        lines.add("Authorization: Bearer " + key);
        lines.add("Content-Type: " + dice.of("application/json", "application/json; charset=utf-8"));
        lines.add("X-Input: " + number);
        if (dice.oneIn(2)) {
            lines.add(dice.of(
                    "User-Agent: fuzz/1",
                    "Accept: */*",
                    "Connection: keep-alive",
                    "X-Stainless-Retry-Count: 0",
                    "Accept-Encoding: gzip, br",
                    "Cookie: a=b",
                    "X-Empty:"));
        }
        members.add("\"model\":\"" + dice.of("gpt-sim", "gpt-sim", "gpt-sim-slow", "gpt-9") + "\"");
        members.add("\"messages\":[{\"role\":\"user\",\"content\":\"" + utf8(text(dice)) + "\"}]");
        optionally(dice, "\"max_tokens\":" + dice.of("1", "7", "500", "32768", "2147483647", "null"));
        optionally(dice, "\"max_completion_tokens\":" + dice.of("1", "9", "4096", "null"));
        optionally(dice, "\"n\":" + dice.of("1", "2", "128", "null"));
        optionally(dice, "\"stream\":" + dice.of("true", "true", "false", "null"));
        optionally(
                dice,
                "\"stream_options\":"
                        + dice.of(
                                "null", "{}", "{\"include_usage\":true}", "{\"include_usage\":false}", "{\"x\":[{}]}"));
        optionally(dice, "\"metadata\":{\"n\":5,\"max_tokens\":[1],\"stream\":\"yes\",\"deep\":{\"model\":\"m\"}}");
        optionally(dice, "\"temperature\":" + dice.of("0", "0.7", "1e-3", "-0.0"));
    }

    private void optionally(Dice dice, String member) {
        if (dice.oneIn(3)) {
            members.add(dice.below(members.size() + 1), member);
        }
    }

    private static String text(Dice dice) {
        return dice.of(
                        "Tell me of the sea.",
                        "caf\u00e9 \u2028 \ud83d\ude00",
                        "a\\\"b\\\\\\n\\u00e9",
                        "\\\"max_tokens\\\":1",
                        "")
                .repeat(1 + dice.below(3));
    }

    static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    String body() {
        return body == null ? "{" + String.join(",", members) + "}" : body;
    }

    void chunk(int... sizes) {
        String whole = body();
        StringBuilder text = new StringBuilder("Transfer-Encoding: chunked" + CRLF + CRLF);
        int at = 0;
        for (int size : sizes) {
            int end = Math.min(whole.length(), at + size);
            if (end > at) {
                text.append(Integer.toHexString(end - at))
                        .append(CRLF)
                        .append(whole, at, end)
                        .append(CRLF);
            }
            at = end;
        }
        if (at < whole.length()) {
            text.append(Integer.toHexString(whole.length() - at))
                    .append(CRLF)
                    .append(whole.substring(at))
                    .append(CRLF);
        }
        framed = text + "0" + CRLF + CRLF;
    }

    String framed() {
        return framed == null ? "Content-Length: " + body().length() + CRLF + CRLF + body() : framed;
    }

    String text() {
        return requestLine + eol + String.join(eol, lines) + eol + framed();
    }
}

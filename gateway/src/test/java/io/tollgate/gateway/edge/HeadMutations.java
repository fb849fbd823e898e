package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.EdgeGateway.CHAT;

import java.util.Locale;

/** Changes what stands before a body. */
final class HeadMutations {

    private static final String[] ODD_LINES = {
        "Tollgate-Cost: 0",
        "tollgate-account: acct-other",
        "Tollgate-Request-Id: 0198e7b0-0000-7000-8000-000000000000",
        "x-litellm-response-cost: 0",
        "X-LiteLLM-Anything: 1",
        "Connection: close",
        "Connection: close, X-Input",
        "Connection: Tollgate-Account, Content-Length, Authorization",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Expect: 100-continue",
        "Expect: 200-ok",
        "TE: trailers",
        "Trailer: X-T",
        "Keep-Alive: timeout=5",
        "Proxy-Connection: keep-alive",
        "Proxy-Authorization: Basic eDp5",
        "Content-Encoding: gzip",
        "Content-Encoding: identity",
        "Content-Type: text/plain",
        "Content-Type: application/json",
        "Host: other.test",
        "Host:",
        "Cookie: session=1",
        "Authorization: Basic eDp5",
        "Authorization: Bearer tg_none",
        "X-Api-Key: sk-other",
        "OpenAI-Organization: org-other",
        "X-Forwarded-For: 127.0.0.1",
        "Forwarded: for=127.0.0.1",
        "X-HTTP-Method-Override: GET",
        "Range: bytes=0-1",
        ": empty",
        "no colon at all",
        "",
        "X-Injected: a\r\nX-More: b",
        "\u00ff\u00fe: x",
        "X-\u00e9: x",
        "X(Y): z",
        "X-Tab:\tz\t"
    };

    private static final String[] ODD_PIECES = {
        "\u0000", "\r", "\n", "\t", "\u000b", "\f", "\u001b", "\u007f", "\u0085", "\u00a0", "\r\n ", "\r\n\t", "\r\n",
        "\r\r\n", ":", " ", "%0d%0a", ","
    };

    private HeadMutations() {}

    static void change(Draft draft, Dice dice) {
        if (draft.lines.isEmpty()) {
            draft.lines.add("X-Last: 1");
        }
        int line = dice.below(draft.lines.size());
        String text = draft.lines.get(line);
        switch (dice.below(11)) {
            case 0, 1, 2 -> draft.lines.add(dice.below(draft.lines.size() + 1), dice.of(ODD_LINES));
            case 3 -> draft.lines.add(text);
            case 4 -> draft.lines.remove(line);
            case 5 ->
                draft.lines.set(
                        line, text.replaceFirst(": ", dice.of(":", " : ", " :", ":\t", ":\u000b", "::", "=", ":  ")));
            case 6 -> draft.lines.set(line, dice.within(text, dice.of(ODD_PIECES)));
            case 7 ->
                draft.lines.set(line, dice.oneIn(2) ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
            case 8 -> draft.eol = dice.of("\n", "\r", "\r\r\n", " \r\n", "\r\n\r\n");
            case 9 -> draft.lines.set(line, text + dice.of("x", " ", "a b ").repeat(dice.oneIn(20) ? 40_000 : 200));
            default -> draft.requestLine = requestLine(dice);
        }
    }

    private static String requestLine(Dice dice) {
        String method = dice.of(
                "POST", "POST", "POST", "GET", "HEAD", "OPTIONS", "PUT", "CONNECT", "TRACE", "post", "P\tST", "");
        String target = dice.of(
                CHAT,
                CHAT,
                CHAT + "?x=y",
                CHAT + "#x",
                CHAT + "/",
                "/" + CHAT,
                "/v1/../v1/chat/completions",
                "/v1/%63hat/completions",
                "http://tollgate.test" + CHAT,
                "http://tollgate.test" + CHAT + "?",
                "https://[::1" + CHAT,
                "http://" + CHAT,
                "/v1/models",
                "/actuator/health",
                "/api/balance",
                "*",
                "/",
                "?",
                "/" + "x".repeat(dice.oneIn(10) ? 9_000 : 90));
        String version = dice.of(
                "HTTP/1.1",
                "HTTP/1.1",
                "HTTP/1.1",
                "HTTP/1.0",
                "HTTP/1.0",
                "HTTP/0.9",
                "HTTP/2.0",
                "http/1.1",
                "HTTP/1.10",
                "HTTP/11",
                "HTTPS/1.1",
                "");
        String space = dice.of(" ", " ", " ", " ", "  ", "\t", "");
        return method + space + target + dice.of(" ", " ", " ", "  ", "\t") + version;
    }
}

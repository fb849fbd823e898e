package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.Draft.CRLF;

/** Changes what says where a body ends. */
final class FramingMutations {

    private FramingMutations() {}

    static void change(Draft draft, Dice dice) {
        if (dice.oneIn(2)) {
            draft.framed = lengths(draft.body(), dice) + CRLF + CRLF + draft.body();
        } else {
            draft.framed = codings(draft.body(), dice) + CRLF + CRLF + chunks(draft.body(), dice);
        }
    }

    private static String lengths(String body, Dice dice) {
        int right = body.length();
        int near = Math.max(0, right + dice.below(11) - 5);
        int any = dice.below(right + 1);
        return dice.of(
                "Content-Length: " + near,
                "Content-Length: " + any,
                "Content-Length: 0",
                "Content-Length: " + (right + 50),
                "Content-Length: +" + right,
                "Content-Length: -" + right,
                "Content-Length: 0x" + Integer.toHexString(right),
                "Content-Length: 00" + right,
                "Content-Length: " + right + ".0",
                "Content-Length: " + right + " ",
                "Content-Length: " + right + "," + right,
                "Content-Length: " + right + ", " + any,
                "Content-Length:" + right,
                "Content-Length : " + right,
                "Content-Length:\t" + right,
                "Content-Length:" + CRLF + " " + right,
                "Content-Length: " + right + CRLF + "Content-Length: " + right,
                "Content-Length: " + right + CRLF + "Content-Length: " + any,
                "Content-Length: " + any + CRLF + "Content-Length: " + right,
                "Content-Length: 18446744073709551" + right,
                "Content-Length: " + right + "\u0000",
                "Content-Length: ",
                "Content_Length: " + right,
                "X-No-Length: 1");
    }

    private static String codings(String body, Dice dice) {
        String length = "Content-Length: " + body.length();
        return dice.of(
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked",
                "transfer-encoding: Chunked",
                "Transfer-Encoding: chunked" + CRLF + length,
                length + CRLF + "Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked" + CRLF + "Transfer-Encoding: chunked",
                "Transfer-Encoding: identity" + CRLF + length,
                "Transfer-Encoding: xchunked" + CRLF + length,
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked" + CRLF + length,
                "Transfer-Encoding:" + CRLF + " chunked",
                "Transfer-Encoding: \u0000chunked" + CRLF + length,
                "X: y" + CRLF + " Transfer-Encoding: chunked" + CRLF + length,
                "X: y\nTransfer-Encoding: chunked" + CRLF + length,
                "Transfer_Encoding: chunked" + CRLF + length);
    }

    private static String chunks(String body, Dice dice) {
        int cut = dice.below(body.length() + 1);
        String first = body.substring(0, cut);
        String rest = body.substring(cut);
        String size = Integer.toHexString(first.length());
        String opening = dice.of(
                size + CRLF,
                size + CRLF,
                size + CRLF,
                "000" + size + CRLF,
                size + ";x=y" + CRLF,
                size + "; x=\"y\"" + CRLF,
                size + ";x\n" + CRLF,
                size + " " + CRLF,
                size + "\n",
                size + "\r",
                "0x" + size + CRLF,
                "+" + size + CRLF,
                "-" + size + CRLF,
                "ffffffff" + CRLF,
                "fffffffff" + CRLF,
                Integer.toHexString(first.length() + 1) + CRLF,
                "" + CRLF);
        String closing = dice.of(CRLF, CRLF, CRLF, CRLF, "\n", "", "\r", "x" + CRLF);
        String last = dice.of(
                "0" + CRLF + CRLF,
                "0" + CRLF + CRLF,
                "0" + CRLF + CRLF,
                "0" + CRLF + "X-T: 1" + CRLF + CRLF,
                "0" + CRLF + "Content-Length: 5" + CRLF + "Tollgate-Cost: 0" + CRLF + CRLF,
                "0;x" + CRLF + CRLF,
                "000" + CRLF + CRLF,
                "0" + CRLF + "bad trailer" + CRLF + CRLF,
                "0" + CRLF,
                "0\n\n",
                "");
        String restChunk = rest.isEmpty() ? "" : Integer.toHexString(rest.length()) + CRLF + rest + CRLF;
        return first.isEmpty() ? restChunk + last : opening + first + closing + restChunk + last;
    }
}

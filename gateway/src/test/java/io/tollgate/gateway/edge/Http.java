package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.gateway.installation.Operator.Customer;

/** Writes requests as they go over the wire. */
final class Http {

    static final String CALL = body("");
    static final String END = "0\r\n\r\n";

    private Http() {}

    /** A call of the model whose price is known; {@code more} are further members, each beginning with a comma. */
    static String body(String more) {
        return "{\"model\":\"gpt-sim\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of the sea.\"}]" + more
                + "}";
    }

    /** The lines of a metered call up to what says where its body ends. */
    static String head(Customer customer) {
        return line("POST", EdgeGateway.CHAT) + "Host: tollgate.test\r\nAuthorization: Bearer " + customer.key()
                + "\r\nContent-Type: application/json\r\n";
    }

    static String line(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\n";
    }

    static String sized(String body) {
        return "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    static String chunked(String... pieces) {
        StringBuilder text = new StringBuilder("Transfer-Encoding: chunked\r\n\r\n");
        for (String piece : pieces) {
            text.append(chunk(piece));
        }
        return text.append(END).toString();
    }

    static String chunk(String piece) {
        return Integer.toHexString(piece.getBytes(UTF_8).length) + "\r\n" + piece + "\r\n";
    }

    static String call(Customer customer) {
        return head(customer) + sized(CALL);
    }
}

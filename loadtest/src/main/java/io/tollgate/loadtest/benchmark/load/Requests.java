package io.tollgate.loadtest.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.upstream.Pace;
import java.net.URI;
import java.util.List;

/** The bytes of a call, made once for each API key: what a client spends is not spent between the calls it measures. */
final class Requests {
    private static final String TEXT = "You keep the log of a small harbour. Write down what happened on the quay this"
            + " morning: which boats came in, in which order, what each of them landed, how long unloading took and who"
            + " was there to see it. Two paragraphs, no lists, in the past tense, and do not name any person.";

    private final List<ByteBuf> byKey;

    private Requests(List<ByteBuf> byKey) {
        this.byKey = byKey;
    }

    static Requests of(URI gateway, List<String> keys, Form form, Pace pace) {
        String body = body(form, pace.model());
        return new Requests(keys.stream()
                .map(key -> head(gateway, key, body.length()) + body)
                .map(call -> Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(call.getBytes(US_ASCII))))
                .toList());
    }

    ByteBuf of(int key) {
        return byKey.get(key).duplicate();
    }

    int keys() {
        return byKey.size();
    }

    static String body(Form form, String model) {
        String stream = form == Form.STREAMED ? "true,\"stream_options\":{\"include_usage\":true}" : "false";
        return "{\"model\":\"" + model
                + "\",\"messages\":[{\"role\":\"system\",\"content\":\"You are a terse and careful"
                + " clerk.\"},{\"role\":\"user\",\"content\":\"" + TEXT
                + "\"}],\"max_tokens\":256,\"temperature\":0.2,\"stream\":" + stream + "}";
    }

    private static String head(URI gateway, String key, int length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: " + gateway.getAuthority()
                + "\r\nContent-Type: application/json\r\nAuthorization: Bearer " + key + "\r\nContent-Length: " + length
                + "\r\n\r\n";
    }
}

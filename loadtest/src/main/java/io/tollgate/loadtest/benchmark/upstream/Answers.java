package io.tollgate.loadtest.benchmark.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;

/** What the upstream says, and what a client has to see of it behind any gateway. */
public final class Answers {
    public static final int CHUNKS = 50;
    /** With the chunk that carries the usage and {@code [DONE]}. */
    public static final int EVENTS = CHUNKS + 2;

    public static final int INPUT_TOKENS = 112;
    public static final int OUTPUT_TOKENS = 96;
    public static final int STREAMED_TOKENS = CHUNKS;

    private static final List<String> WORDS =
            List.of(" the", " harbour", " was", " quiet", " when", " boats", " came", " in", " and", " nobody");

    private static final String PLAIN = """
            {"id":"chatcmpl-benchmark00000000000000000001","object":"chat.completion","created":1760000000,\
            "model":"bench-2026-01-01","choices":[{"index":0,"message":{"role":"assistant","content":"\
            The harbour was quiet when the first boats came in, and nobody on the quay looked up. \
            It takes about forty minutes to unload a small trawler by hand, half of that with a winch.\
            ","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":112,"completion_tokens":96,"total_tokens":208,\
            "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},\
            "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}},\
            "service_tier":"default","system_fingerprint":"fp_bench0001"}""";

    private static final String CHUNK_HEAD = """
            data: {"id":"chatcmpl-benchmark00000000000000000001","object":"chat.completion.chunk",\
            "created":1760000000,"model":"bench-2026-01-01","service_tier":"default",\
            "system_fingerprint":"fp_bench0001",""";

    private static final String TAIL = CHUNK_HEAD + """
            "choices":[],"usage":{"prompt_tokens":112,"completion_tokens":50,"total_tokens":162,\
            "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}

            data: [DONE]

            """;

    /** Bytes of a plain answer's body. */
    public static final int PLAIN_BYTES = PLAIN.length();

    private static final ByteBuf WHOLE_PLAIN = kept(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + PLAIN_BYTES + "\r\n\r\n" + PLAIN);
    private static final ByteBuf STREAM_HEAD = kept(String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Content-Type: text/event-stream",
            "Cache-Control: no-cache",
            "Transfer-Encoding: chunked",
            "",
            ""));
    private static final List<ByteBuf> STREAM_CHUNKS = IntStream.range(0, CHUNKS)
            .mapToObj(i -> kept(framed(
                    CHUNK_HEAD + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + WORDS.get(i % WORDS.size())
                            + "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n")))
            .toList();
    private static final ByteBuf STREAM_TAIL = kept(framed(TAIL) + "0\r\n\r\n");

    private Answers() {}

    static ByteBuf plain() {
        return WHOLE_PLAIN.duplicate();
    }

    static ByteBuf streamHead() {
        return STREAM_HEAD.duplicate();
    }

    static ByteBuf chunk(int number) {
        return STREAM_CHUNKS.get(number % CHUNKS).duplicate();
    }

    static ByteBuf streamTail() {
        return STREAM_TAIL.duplicate();
    }

    static ByteBuf json(String body) {
        return kept("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    private static String framed(String event) {
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    private static ByteBuf kept(String ascii) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(ascii.getBytes(US_ASCII)));
    }
}

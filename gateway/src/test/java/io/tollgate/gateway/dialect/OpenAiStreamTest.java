package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tollgate.gateway.dialect.ChatRequest.UsageChunk;
import io.tollgate.gateway.dialect.OpenAiStream.EventTooLongException;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiStreamTest {

    private static final String CONTENT = """
            data: {"choices":[{"delta":{"role":"assistant","content":""}}],"usage":null}

            : a comment

            data: {"choices":[{"delta":{"content":"a \\"usage\\":{\\"prompt_tokens\\":1} é"}}],"usage":null}

            data: {"choices":[{"delta":{"content":"usage"}}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}

            """;
    private static final String USAGE = """
            data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}}

            """;
    private static final String DONE = "data: [DONE]\n\n";

    static LongStream seeds() {
        return new Random().longs(50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void hidesTheUsageChunkHoweverTheStreamIsCut(long seed) {
        for (String lineEnd : new String[] {"\n", "\r\n", "\r"}) {
            OpenAiStream stream = stream(UsageChunk.HIDDEN);

            String passed = pass(stream, (CONTENT + USAGE + DONE).replace("\n", lineEnd), new Random(seed));

            assertThat(passed).isEqualTo((CONTENT + DONE).replace("\n", lineEnd));
            assertThat(stream.usage()).isEqualTo(new TokenUsage(5, 4, 0, 3, 2));
            assertThat(stream.counted()).isEqualTo(2);
            assertThat(stream.done()).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void writesTheCostIntoTheUsageChunkHoweverTheStreamIsCut(long seed) {
        String passed = pass(stream(UsageChunk.SHOWN), CONTENT + USAGE + DONE, new Random(seed));

        assertThat(passed)
                .isEqualTo(CONTENT + USAGE.replace("\"usage\":{", "\"usage\":{\"tollgate_cost\":1.5,") + DONE);
    }

    @Test
    void passesWholeEventsInTheBufferTheyCameIn() {
        ByteBuf arrived = Unpooled.copiedBuffer(CONTENT, UTF_8);

        ByteBuf leaving = stream(UsageChunk.HIDDEN).pass(arrived);

        assertThat(leaving).isNotNull();
        assertThat(arrived.refCnt()).isEqualTo(2);
    }

    @Test
    void keepsUsageThatComesWithChoices() {
        String event =
                "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n";
        OpenAiStream stream = stream(UsageChunk.HIDDEN);

        assertThat(pass(stream, event, new Random(1))).isEqualTo(event);
        assertThat(stream.usage()).isEqualTo(TokenUsage.of(1, 1));
    }

    @Test
    void handsOutWhatIsLeftOverAtTheEnd() {
        OpenAiStream stream = stream(UsageChunk.HIDDEN);

        assertThat(pass(stream, "data: [DONE]", new Random(1))).isEqualTo("data: [DONE]");
        assertThat(stream.done()).isTrue();
    }

    @Test
    void doesNotGatherAnEndlessEvent() {
        OpenAiStream stream = stream(UsageChunk.HIDDEN);

        assertThatExceptionOfType(EventTooLongException.class).isThrownBy(() -> {
            for (int i = 0; i < 100; i++) {
                stream.pass(Unpooled.copiedBuffer("x".repeat(1_000), UTF_8));
            }
        });
    }

    private static OpenAiStream stream(UsageChunk chunk) {
        return new OpenAiStream(chunk, _ -> Credits.parse("1.5"), 10_000);
    }

    private static String pass(OpenAiStream stream, String text, Random random) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteBuf passed = Unpooled.buffer();
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(bytes.length - from, 1 + random.nextInt(random.nextBoolean() ? 3 : 200));
            ByteBuf arrived = Unpooled.copiedBuffer(bytes, from, length);
            write(stream.pass(arrived), passed);
            arrived.release();
            from += length;
        }
        write(stream.rest(), passed);
        return passed.toString(UTF_8);
    }

    private static void write(@Nullable ByteBuf leaving, ByteBuf to) {
        if (leaving != null) {
            to.writeBytes(leaving);
            leaving.release();
        }
    }
}

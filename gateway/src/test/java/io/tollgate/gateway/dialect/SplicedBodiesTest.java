package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.dialect.ParsedRequest.Understood;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What is spliced into a body, seen by a parser that builds trees: the change that was meant, and nothing else. */
class SplicedBodiesTest {

    private static final int BODIES = 2_000;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> CAPS = List.of("max_tokens", "max_completion_tokens", "max_output_tokens");

    static LongStream seeds() {
        return new Random().longs(5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void differFromWhatTheClientSentByTheChangeOnly(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < BODIES; i++) {
            String received = new RandomBody(random).text();
            int bound = 1 + random.nextInt(6000);
            ChatRequest request = ((Understood) OpenAiRequests.parse(received.getBytes(UTF_8))).request();

            ChatRequest lowered = request.withOutputCap(bound);

            ObjectNode expected = (ObjectNode) JSON.readTree(received);
            expected = withUsage(expected);
            assertThat(JSON.readTree(request.body()))
                    .as("body %d of %s", i, received)
                    .isEqualTo(expected);
            Long before = dearest(expected);
            lower(expected, bound);
            assertThat(JSON.readTree(lowered.body()))
                    .as("lowered body %d of %s", i, received)
                    .isEqualTo(expected);
            assertThat(request.outputCap()).isEqualTo(before);
            assertThat(lowered.outputCap()).isEqualTo(dearest(expected)).isLessThanOrEqualTo(bound);
            assertThat(lowered.receivedBytes()).isEqualTo(received.getBytes(UTF_8).length);
        }
    }

    private static ObjectNode withUsage(ObjectNode body) {
        if (body.get("stream").booleanValue()) {
            if (!(body.get("stream_options") instanceof ObjectNode)) {
                body.putObject("stream_options");
            }
            ((ObjectNode) body.get("stream_options")).put("include_usage", true);
        }
        return body;
    }

    private static void lower(ObjectNode body, int bound) {
        List<String> given = CAPS.stream().filter(body::has).toList();
        if (given.isEmpty()) {
            body.put("max_completion_tokens", bound);
        }
        boolean silent = given.stream().allMatch(cap -> body.get(cap) instanceof NullNode);
        for (String cap : given) {
            JsonNode value = body.get(cap);
            if (value instanceof NullNode ? silent : value.longValue() > bound) {
                body.put(cap, bound);
            }
        }
    }

    @Nullable
    private static Long dearest(ObjectNode body) {
        return CAPS.stream()
                .map(body::get)
                .flatMap(
                        node -> node == null || node instanceof NullNode ? Stream.empty() : Stream.of(node.longValue()))
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }
}

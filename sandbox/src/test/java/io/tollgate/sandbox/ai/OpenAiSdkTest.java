package io.tollgate.sandbox.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.models.Model;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The official SDK takes the simulator for OpenAI. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiSdkTest {
    private AiSimulator simulator;
    private OpenAIClient client;

    @BeforeAll
    void start() {
        simulator = AiSimulator.start(AiSettings.defaults());
        client = client(simulator.apiKey());
    }

    @AfterAll
    void stop() {
        client.close();
        simulator.close();
    }

    @Nested
    class Plain {
        @Test
        void countsTheTokensOfWhatItSays() {
            ChatCompletion answer =
                    client.chat().completions().create(question("gpt-sim").build());

            String text = answer.choices().getFirst().message().content().orElseThrow();
            CompletionUsage usage = answer.usage().orElseThrow();
            assertThat(usage.completionTokens()).isEqualTo(Tokens.count(text)).isBetween(24L, 64L);
            assertThat(usage.promptTokens())
                    .isEqualTo(3 + 3 + Tokens.count("user") + Tokens.count("Why is the sky blue?"));
            assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
            assertThat(finishReason(answer)).isEqualTo("stop");
        }

        @Test
        void saysTheSameToTheSamePromptAndSomethingElseToAnother() {
            ChatCompletion one =
                    client.chat().completions().create(question("gpt-sim").build());
            ChatCompletion again =
                    client.chat().completions().create(question("gpt-sim").build());
            ChatCompletion other = client.chat()
                    .completions()
                    .create(question("gpt-sim")
                            .addUserMessage("And why is it red?")
                            .build());

            assertThat(text(again)).isEqualTo(text(one));
            assertThat(text(other)).isNotEqualTo(text(one));
        }

        @Test
        void stopsAtTheCap() {
            ChatCompletion answer = client.chat()
                    .completions()
                    .create(question("gpt-sim").maxCompletionTokens(5).build());

            assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(5);
            assertThat(Tokens.count(text(answer))).isEqualTo(5);
            assertThat(finishReason(answer)).isEqualTo("length");
        }

        @Test
        void countsEveryChoice() {
            ChatCompletion answer =
                    client.chat().completions().create(question("gpt-sim").n(3).build());

            List<String> texts = answer.choices().stream()
                    .map(choice -> choice.message().content().orElseThrow())
                    .toList();
            assertThat(texts).hasSize(3).doesNotHaveDuplicates();
            assertThat(answer.usage().orElseThrow().completionTokens())
                    .isEqualTo(texts.stream().mapToInt(Tokens::count).sum());
        }
    }

    @Nested
    class Streamed {
        @Test
        void saysWhatThePlainAnswerSays() {
            List<ChatCompletionChunk> chunks = stream(question("gpt-sim").build());

            assertThat(text(chunks))
                    .isEqualTo(text(client.chat()
                            .completions()
                            .create(question("gpt-sim").build())));
            assertThat(chunks).hasSize(2 + Tokens.count(text(chunks)));
        }

        @Test
        void endsWithTheUsageWhenAsked() {
            List<ChatCompletionChunk> chunks = stream(question("gpt-sim")
                    .streamOptions(ChatCompletionStreamOptions.builder()
                            .includeUsage(true)
                            .build())
                    .build());

            assertThat(chunks.getLast().choices()).isEmpty();
            assertThat(chunks.getLast().usage().orElseThrow().completionTokens())
                    .isEqualTo(Tokens.count(text(chunks)));
            assertThat(chunks.subList(0, chunks.size() - 1))
                    .allMatch(chunk -> chunk.usage().isEmpty());
        }

        @Test
        void hasNoUsageUnlessAsked() {
            List<ChatCompletionChunk> chunks = stream(question("gpt-sim").build());

            assertThat(chunks).allMatch(chunk -> chunk.usage().isEmpty());
            assertThat(chunks).noneMatch(chunk -> chunk.choices().isEmpty());
        }

        @Test
        void arrivesWholeThroughSlowness() {
            simulator.behave(
                    "claude-sim",
                    Behaviour.fast()
                            .withTokens(5, 5)
                            .withFirstByte(Duration.ofMillis(30))
                            .withBetweenChunks(Duration.ofMillis(10)));
            long start = System.nanoTime();

            List<ChatCompletionChunk> chunks = stream(question("claude-sim").build());

            assertThat(Tokens.count(text(chunks))).isEqualTo(5);
            assertThat(System.nanoTime() - start).isGreaterThan(80_000_000);
        }
    }

    @Nested
    class Models {
        @Test
        void areListed() {
            assertThat(client.models().list().data())
                    .extracting(Model::id)
                    .containsExactly("gpt-sim", "gpt-sim-slow", "claude-sim");
        }

        @Test
        void areNotFoundWhenUnknown() {
            assertThatThrownBy(() ->
                            client.chat().completions().create(question("gpt-9").build()))
                    .isInstanceOfSatisfying(
                            NotFoundException.class,
                            failure -> assertThat(failure.code()).contains("model_not_found"));
        }
    }

    @Nested
    class Keys {
        @Test
        void thatAreWrongOpenNothing() {
            OpenAIClient stranger = client("sk-other");

            assertThatThrownBy(() -> stranger.chat()
                            .completions()
                            .create(question("gpt-sim").build()))
                    .isInstanceOfSatisfying(
                            UnauthorizedException.class,
                            failure -> assertThat(failure.code()).contains("invalid_api_key"));
            stranger.close();
        }
    }

    private OpenAIClient client(String apiKey) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(simulator.url() + "/v1")
                .apiKey(apiKey)
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder question(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Why is the sky blue?");
    }

    private List<ChatCompletionChunk> stream(ChatCompletionCreateParams question) {
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(question)) {
            return chunks.stream().toList();
        }
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElseThrow();
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }

    private static String finishReason(ChatCompletion answer) {
        return answer.choices().getFirst().finishReason().asString();
    }
}

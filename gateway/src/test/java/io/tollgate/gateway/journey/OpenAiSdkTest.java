package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The official SDK, told nothing but another address and key. */
class OpenAiSdkTest {

    private final GatewayClient gateway = Installation.sharedClient();
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    @Test
    void aPlainCallAnswersAsTheProviderDoesAndIsCharged() {
        Customer customer = operator.customerWith(Credits.of(5));

        ChatCompletion completion = client(customer.key()).chat().completions().create(question());

        assertThat(completion.choices()).hasSize(1);
        assertThat(completion.choices().getFirst().message().content()).isPresent();
        assertThat(completion.usage()).isPresent();
        awaitCharge(customer);
    }

    @Test
    void aStreamArrivesInPiecesAndIsCharged() {
        Customer customer = operator.customerWith(Credits.of(5));
        List<ChatCompletionChunk> chunks;

        try (StreamResponse<ChatCompletionChunk> stream =
                client(customer.key()).chat().completions().createStreaming(question())) {
            chunks = stream.stream().toList();
        }

        String text = chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
        assertThat(chunks)
                .hasSizeGreaterThan(5)
                .allSatisfy(chunk -> assertThat(chunk.choices()).isNotEmpty());
        assertThat(text).isNotBlank();
        awaitCharge(customer);
    }

    @Test
    void aRefusalIsAnExceptionThatSaysWhyAndIsNotRetried() {
        Customer customer = operator.createAccount("penniless");

        assertThatThrownBy(() -> client(customer.key()).chat().completions().create(question()))
                .isInstanceOfSatisfying(OpenAIServiceException.class, refused -> {
                    assertThat(refused.statusCode()).isEqualTo(402);
                    assertThat(refused.body().toString()).contains("top_up_url");
                });
    }

    @Test
    void aWrongKeyIsTheExceptionTheSdkHasForIt() {
        assertThatThrownBy(() -> client("tg_wrong").chat().completions().create(question()))
                .isInstanceOf(UnauthorizedException.class);
    }

    private void awaitCharge(Customer customer) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(operator.charges(customer).required("charges"))
                        .singleElement()
                        .satisfies(charge ->
                                assertThat(charge.required("charged").asLong()).isPositive()));
    }

    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.base() + "/v1")
                .apiKey(key)
                .build();
    }

    private static ChatCompletionCreateParams question() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-sim")
                .maxCompletionTokens(100)
                .addUserMessage("Tell me about harbours.")
                .build();
    }
}

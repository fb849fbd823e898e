package io.tollgate.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AnswersInTimeTest {

    @Test
    void whatDoesNotAnswerIs503() {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/balance"));
        ProblemHandler problems = new ProblemHandler();

        Mono<Void> answered = new AnswersInTime(Duration.ofMillis(10))
                .filter(exchange, _ -> Mono.never())
                .onErrorResume(failure -> problems.handle(exchange, failure));

        StepVerifier.create(answered).expectComplete().verify(Duration.ofSeconds(5));
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }
}

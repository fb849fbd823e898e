package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.Behaviour;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ContentionTest {

    private static final int CALLS = 1_000;

    private final Installation installation = Installation.shared();
    private final GatewayClient gateway = Installation.sharedClient();
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    @AfterEach
    void behave() {
        installation.ai().resetBehaviour();
    }

    // Each answer costs what was held for it, so no credit comes back that could let a fifty-first call in later.
    @Test
    void aThousandConcurrentCallsNeverHoldMoreThanThereIs() {
        installation
                .ai()
                .behave(Behaviour.fast().withFirstByte(Duration.ofSeconds(10)).withTokens(100, 100));
        Customer customer = operator.customerWith(Credits.of(5));

        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Integer>> calls = Stream.generate(() -> Calls.callLater(gateway, customer)
                        .thenApply(HttpResponse::statusCode)
                        .whenComplete((status, _) -> refused.addAndGet(status == 402 ? 1 : 0)))
                .limit(CALLS)
                .toList();

        await().atMost(Duration.ofSeconds(60)).until(() -> refused.get() == CALLS - 50);
        JsonNode whileTheyRun = operator.balance(customer);
        assertThat(whileTheyRun.required("held").asString()).isEqualTo("5");
        assertThat(whileTheyRun.required("available").asString()).isEqualTo("0");
        List<Integer> statuses = calls.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(50);
        assertThat(statuses).filteredOn(status -> status == 402).hasSize(CALLS - 50);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode account =
                    operator.conservation(customer).required("accounts").get(0);
            assertThat(account.required("redis").required("held").asLong()).isZero();
            assertThat(account.required("redis").required("posted").asLong()).isZero();
            assertThat(account.required("postgres").required("posted").asLong()).isZero();
            assertThat(account.required("postgres").required("spent").asLong()).isEqualTo(5_000_000);
        });
    }
}

package io.tollgate.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.routing.Route;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenPrice;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EstimateTest {

    private final AccountId account = new AccountId("acme");

    @Test
    void aCapIsHeldForEachChoice() {
        assertThat(of(Calls.route(), ",\"max_tokens\":7,\"n\":3")).isEqualTo(new Estimate(100, 75, 21, micros(121)));
    }

    @Test
    void aCapBeyondTheModelsMaximumHoldsThatMaximum() {
        Route route = Calls.route("models[0].max-output-tokens", "500");

        assertThat(of(route, ",\"max_tokens\":999999999,\"n\":2").outputTokens())
                .isEqualTo(1000);
    }

    @Test
    void withoutACapTheRoutesSliceIsHeld() {
        assertThat(of(Calls.route(), ",\"n\":2").outputTokens()).isEqualTo(200);
    }

    @Test
    void inputThatTheRequestOnlyRefersToCountsAsTheModelsMaximum() {
        Route route = Calls.route("models[0].max-input-tokens", "5000");

        Estimate estimate = of(route, ",\"previous_response_id\":\"resp_1\"");

        assertThat(estimate).isEqualTo(new Estimate(5000, 75, 100, micros(5100)));
    }

    @Test
    void theDearestOutputPriceIsHeld() {
        Route route = Calls.route("models[0].price.reasoning", "3", "models[0].price.cache-write", "2");

        assertThat(of(route, ",\"max_tokens\":10").ceiling()).isEqualTo(micros(2 * 100 + 3 * 10));
    }

    @Test
    void whatIsBeyondAllAmountsCannotBeAfforded() {
        Route route = Calls.route("models[0].price.output", "1000000", "models[0].max-output-tokens", "1000000000");

        assertThat(of(route, ",\"max_tokens\":2147483647,\"n\":128").ceiling()).isEqualTo(Credits.MAX);
    }

    static LongStream seeds() {
        return new Random().longs(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsAffordableIsTheMostThatCreditPaysFor(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            TokenPrice price = TokenPrice.of(random.nextLong(1_000_000_000), 1 + random.nextLong(100_000_000_000L));
            Estimate estimate = new Estimate(random.nextLong(200_000), 0, 0, Credits.ZERO);
            Credits total = Credits.ofMicros(random.nextLong(1L << random.nextInt(1, 40)));

            long output = estimate.affordableOutput(price, total);

            Credits inputOnly = estimate.ceiling(price, 0);
            if (inputOnly.exceeds(total)) {
                assertThat(output).isZero();
            } else {
                assertThat(estimate.ceiling(price, output)).isLessThanOrEqualTo(total);
                assertThat(estimate.ceiling(price, output + 1)).isGreaterThan(total);
            }
        }
    }

    private Estimate of(Route route, String members) {
        MeteredCall call = Calls.call(account, route, members);
        return Estimate.of(call.request(), route, call.model());
    }

    private static Credits micros(long micros) {
        return Credits.ofMicros(micros);
    }
}

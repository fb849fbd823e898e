package io.tollgate.sandbox.ai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries(5_000);

    @Nested
    class Paging {
        @Test
        void goesOnAfterASequenceNumber() {
            IntStream.range(0, 10).forEach(i -> deliveries.add(delivery("r" + i, "acme", 7)));

            List<Delivery> page = deliveries.since(4, 3);

            assertThat(page).extracting(Delivery::sequence).containsExactly(5L, 6L, 7L);
            assertThat(page).extracting(Delivery::requestId).containsExactly("r4", "r5", "r6");
            assertThat(deliveries.since(10, 3)).isEmpty();
        }
    }

    @Nested
    class Forgetting {
        @ParameterizedTest
        @ValueSource(ints = {1, 10, 1_024, 1_500, 4_096})
        void keepsTheNewestAndCountsTheRest(int kept) {
            Deliveries bounded = new Deliveries(kept);
            int all = 5_000;

            IntStream.range(0, all).forEach(i -> bounded.add(delivery("r" + i, "acme", 1)));

            assertThat(bounded.since(0, all))
                    .extracting(Delivery::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(all - kept + 1, all).boxed().toList());
            assertThat(bounded.dropped()).isEqualTo(all - kept);
            assertThat(bounded.totals().deliveredTokens()).isEqualTo(all);
        }

        @Test
        void everythingStartsOver() {
            deliveries.add(delivery("r", "acme", 7));

            deliveries.reset();

            assertThat(deliveries.since(0, 10)).isEmpty();
            assertThat(deliveries.totals()).isEqualTo(DeliveryTotals.NONE);
            assertThat(deliveries.totalsByAccount()).isEmpty();
        }
    }

    @Nested
    class Totals {
        @Test
        void areKeptByAccount() {
            deliveries.add(delivery("a", "acme", 7));
            deliveries.add(delivery("b", "acme", 5));
            deliveries.add(delivery("c", null, 1));

            assertThat(deliveries.totals("acme")).isEqualTo(new DeliveryTotals(2, 2, 6, 12));
            assertThat(deliveries.totals(Deliveries.NO_ACCOUNT).answers()).isEqualTo(1);
            assertThat(deliveries.totals("nobody")).isEqualTo(DeliveryTotals.NONE);
            assertThat(deliveries.totals().deliveredTokens()).isEqualTo(13);
        }

        @Test
        void followACorrection() {
            Delivery wrong = deliveries.add(delivery("a", "acme", 7));

            deliveries.correct(wrong, new Delivery(0, 0, "a", "acme", "m", true, 3, 7, 2, 2, Delivery.CUT, "exact"));

            assertThat(deliveries.of("a")).singleElement().returns(Delivery.CUT, Delivery::end);
            assertThat(deliveries.totals()).isEqualTo(new DeliveryTotals(1, 0, 3, 2));
            assertThat(deliveries.totals("acme")).isEqualTo(deliveries.totals());
        }
    }

    private static Delivery delivery(String requestId, @Nullable String account, int tokens) {
        return new Delivery(0, 0, requestId, account, "m", false, 3, tokens, tokens, 1, Delivery.FINISHED, "exact");
    }
}

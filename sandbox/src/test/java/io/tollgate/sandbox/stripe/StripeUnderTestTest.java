package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeUnderTestTest {
    @Test
    void isSimulatedUnlessAKeyIsGiven() throws Exception {
        try (StripeUnderTest stripe = StripeUnderTest.open(Map.of())) {
            assertThat(stripe.customer().getId()).startsWith("cus_");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_test_x", "rk_test_x"})
    void takesKeysOfTestAccounts(String key) throws Exception {
        try (StripeUnderTest stripe = StripeUnderTest.open(Map.of(StripeUnderTest.VARIABLE, key))) {
            assertThat(stripe.client).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_live_secret", "rk_live_secret", "pk_test_secret", "secret"})
    void refusesEveryOtherKeyWithoutRepeatingIt(String key) {
        assertThatThrownBy(() -> StripeUnderTest.open(Map.of(StripeUnderTest.VARIABLE, key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StripeUnderTest.VARIABLE)
                .hasMessageContaining("sk_test_")
                .hasMessageNotContaining("secret");
    }
}

package io.tollgate.billing.webhook;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSettingsTest {

    @ParameterizedTest
    @CsvSource({"0,60,2,60", "300,0,2,60", "300,60,0,60", "300,60,2,0", "-1,60,2,60"})
    void needTimesThatAreLongerThanNothing(long tolerance, long lease, long first, long longest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookSettings(
                        Duration.ofSeconds(tolerance),
                        1,
                        Duration.ofSeconds(lease),
                        Duration.ofSeconds(first),
                        Duration.ofSeconds(longest),
                        1,
                        1,
                        1))
                .withMessageContaining("longer than nothing");
    }
}

package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageDetailTest {

    private static UsageDetail ofModel(String model) {
        return new UsageDetail(
                "key_1",
                "chat",
                model,
                UsageDetail.Outcome.CLIENT_GONE,
                new TokenUsage(1, 2, 3, Long.MAX_VALUE, 0),
                UsageDetail.CountedBy.GATEWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "", "a|b", "\\", "|\\|", "名前 🚀", "x\\|", "' OR 1=1 --"})
    void isReadBackAsItWasWritten(String model) {
        assertThat(UsageDetail.decode(ofModel(model).encode())).isEqualTo(ofModel(model));
    }

    @Test
    void saysWhatWasWaived() {
        UsageDetail charged = ofModel("gpt-4o");
        UsageDetail waived = new UsageDetail(
                charged.apiKey(),
                charged.route(),
                charged.model(),
                charged.outcome(),
                charged.tokens(),
                charged.basis(),
                Credits.MAX);

        assertThat(UsageDetail.decode(waived.encode())).isEqualTo(waived);
        assertThat(charged.encode()).as("costs nobody a byte").endsWith("|GATEWAY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\uD800b", "a\u0085b"})
    void replacesWhatNoStoreCouldCarry(String model) {
        assertThat(ofModel(model).model()).isEqualTo("a\uFFFDb");
    }

    @Test
    void cutsNamesThatAreTooLong() {
        assertThat(ofModel("x".repeat(10_000)).model()).hasSize(256);
    }

    @Test
    void readsWhatALaterVersionAppended() {
        String later = "2" + ofModel("gpt-4o").encode().substring(1) + "|0|something|new";

        assertThat(UsageDetail.decode(later)).isEqualTo(ofModel("gpt-4o"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "1|a|b|c|COMPLETED|1|2|3|4|x|GATEWAY", "1|a|b|c|NEVER|1|2|3|4|5|GATEWAY"})
    void refusesWhatItDidNotWrite(String text) {
        assertThatThrownBy(() -> UsageDetail.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

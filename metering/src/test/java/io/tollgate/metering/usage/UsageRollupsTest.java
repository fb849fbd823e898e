package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.BatchOutcome.HoldEnd;
import io.tollgate.metering.usage.UsageEvent.Kind;
import io.tollgate.metering.usage.UsageRollups.UsageRollup;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageRollupsTest {

    private static final AccountId ACCOUNT = new AccountId("a");
    private static final Instant QUARTER = Instant.parse("2026-11-20T23:45:00Z");

    @Test
    void sumWhatHasEverythingInCommon() {
        List<UsageRollup> rollups = UsageRollups.of(List.of(
                end(QUARTER, Kind.SETTLED, 10, 1, detail("chat", "m", "k", new TokenUsage(1, 2, 3, 4, 5))),
                end(QUARTER, Kind.CHARGED, 20, 2, detail("chat", "m", "k", new TokenUsage(10, 20, 30, 40, 50))),
                end(QUARTER, Kind.RELEASED, 0, 0, detail("chat", "m", "k", TokenUsage.NONE)),
                end(QUARTER, Kind.EXPIRED, 0, 0, detail("chat", "m", "k", TokenUsage.NONE))));

        assertThat(rollups)
                .containsExactly(new UsageRollup(
                        new UsageRollups.Key(ACCOUNT, QUARTER.getEpochSecond(), "chat", "m", "k"),
                        2,
                        2,
                        30,
                        3,
                        new TokenUsage(11, 22, 33, 44, 55)));
    }

    @Test
    void keepApartWhatDiffersAndAreInOneOrder() {
        List<UsageRollup> rollups = UsageRollups.of(List.of(
                end(QUARTER, Kind.SETTLED, 1, 0, detail("chat", "m", "l", TokenUsage.NONE)),
                end(QUARTER, Kind.SETTLED, 1, 0, detail("chat", "m", "k", TokenUsage.NONE)),
                end(QUARTER, Kind.SETTLED, 1, 0, detail("chat", "l", "k", TokenUsage.NONE)),
                end(QUARTER, Kind.SETTLED, 1, 0, detail("beat", "m", "k", TokenUsage.NONE)),
                end(QUARTER.minusMillis(1), Kind.SETTLED, 1, 0, detail("chat", "m", "k", TokenUsage.NONE)),
                end(QUARTER, Kind.SETTLED, 1, 0, null)));

        assertThat(rollups)
                .extracting(rollup -> rollup.key().slotSeconds()
                        - QUARTER.getEpochSecond()
                        + rollup.key().route()
                        + rollup.key().model()
                        + rollup.key().apiKey())
                .containsExactly("-900chatmk", "0", "0beatmk", "0chatlk", "0chatmk", "0chatml");
        assertThat(rollups).extracting(UsageRollup::settled).containsOnly(1L);
    }

    @Test
    void areOrderedByAccountFirst() {
        List<HoldEnd> ends = List.of(
                end(new AccountId("b"), QUARTER.minusSeconds(3_600), Kind.SETTLED, 1, 0, null),
                end(new AccountId("a"), QUARTER, Kind.SETTLED, 1, 0, null),
                end(new AccountId("c"), QUARTER.minusSeconds(7_200), Kind.SETTLED, 1, 0, null));

        assertThat(UsageRollups.of(ends))
                .extracting(rollup -> rollup.key().account().value())
                .containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "899999, 0", "900000, 900", "1763682300000, 1763682300"})
    void belongToTheQuarterOfAnHourTheHoldWasMadeIn(long bornMillis, long slotSeconds) {
        UsageRollup rollup = UsageRollups.of(List.of(end(Instant.ofEpochMilli(bornMillis), Kind.SETTLED, 1, 0, null)))
                .getFirst();

        assertThat(rollup.key().slotSeconds()).isEqualTo(slotSeconds);
    }

    @Test
    void cutNamesThatNoIndexWouldTakeBetweenCharacters() {
        String emoji = "\ud83d\ude00";

        UsageRollups.Key key = UsageRollups.of(List.of(end(
                        QUARTER, Kind.SETTLED, 1, 0, detail("r".repeat(129), emoji.repeat(128), "k", TokenUsage.NONE))))
                .getFirst()
                .key();

        assertThat(key.route()).isEqualTo("r".repeat(128));
        assertThat(key.model()).isEqualTo(emoji.repeat(128));
        assertThat(UsageRollups.of(List.of(end(
                                QUARTER,
                                Kind.SETTLED,
                                1,
                                0,
                                detail("r", "x" + emoji.repeat(127) + "y", "k", TokenUsage.NONE))))
                        .getFirst()
                        .key()
                        .model())
                .isEqualTo("x" + emoji.repeat(127));
    }

    @Test
    void stayAtTheEndOfWhatCanBeCounted() {
        TokenUsage many = new TokenUsage(Long.MAX_VALUE, 1, 0, Long.MAX_VALUE, 0);

        UsageRollup rollup = UsageRollups.of(List.of(
                        end(QUARTER, Kind.SETTLED, 1, 0, detail("r", "m", "k", many)),
                        end(QUARTER, Kind.SETTLED, 1, 0, detail("r", "m", "k", many))))
                .getFirst();

        assertThat(rollup.tokens()).isEqualTo(new TokenUsage(Long.MAX_VALUE, 2, 0, Long.MAX_VALUE, 0));
    }

    private static UsageDetail detail(String route, String model, String apiKey, TokenUsage tokens) {
        return new UsageDetail(
                apiKey, route, model, UsageDetail.Outcome.COMPLETED, tokens, UsageDetail.CountedBy.UPSTREAM);
    }

    private static HoldEnd end(Instant born, Kind kind, long charged, long uncollected, @Nullable UsageDetail detail) {
        return end(ACCOUNT, born, kind, charged, uncollected, detail);
    }

    private static HoldEnd end(
            AccountId account, Instant born, Kind kind, long charged, long uncollected, @Nullable UsageDetail detail) {
        UUID hold = new UUID((born.toEpochMilli() << 16) | 0x7000, 0x8000_0000_0000_0000L);
        UsageEvent event = new UsageEvent(
                new EventPosition(1, 1),
                kind,
                hold.toString(),
                account,
                Credits.ZERO,
                Credits.ofMicros(charged),
                Credits.ofMicros(uncollected),
                List.of(),
                List.of(),
                0,
                0,
                0,
                QUARTER.toEpochMilli(),
                detail);
        return new HoldEnd(hold, new Partition(0), event);
    }
}

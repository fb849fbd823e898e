package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.BatchOutcome.HoldEnd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What usage events add up to by quarter of an hour, account, route, model and API key.
 *
 * <p>The quarter is that of the hold's birth, as the day an event is filed under: so the rollups of a day sum exactly that day's
 * events, before and after they are dropped.
 */
public final class UsageRollups {

    /** Longer names are cut, so that a row's key fits an index. */
    static final int NAME_MAX = 128;

    private static final long SLOT_MILLIS = TimeUnit.MINUTES.toMillis(15);

    private static final Comparator<UsageRollup> IN_KEY_ORDER = Comparator.comparing(
            UsageRollup::key,
            Comparator.comparing((Key key) -> key.account().value())
                    .thenComparingLong(Key::slotSeconds)
                    .thenComparing(Key::route)
                    .thenComparing(Key::model)
                    .thenComparing(Key::apiKey));

    /** Which events belong together; names are empty where an event has none. */
    public record Key(AccountId account, long slotSeconds, String route, String model, String apiKey) {}

    /**
     * A sum; at the end of what a long can count it stays there.
     *
     * @param settled events with a charge, late ones among them
     * @param givenBack holds that were released or expired
     */
    public record UsageRollup(
            Key key, long settled, long givenBack, long chargedMicros, long uncollectedMicros, TokenUsage tokens) {}

    private static final class Sum {

        private long settled;
        private long givenBack;
        private long charged;
        private long uncollected;
        private long input;
        private long cacheRead;
        private long cacheWrite;
        private long output;
        private long reasoning;

        void add(UsageEvent event) {
            if (event.kind() == UsageEvent.Kind.SETTLED || event.kind() == UsageEvent.Kind.CHARGED) {
                settled++;
            } else {
                givenBack++;
            }
            charged = sum(charged, event.charged().micros());
            uncollected = sum(uncollected, event.uncollected().micros());
            UsageDetail detail = event.detail();
            if (detail != null) {
                add(detail.tokens());
            }
        }

        private void add(TokenUsage tokens) {
            input = sum(input, tokens.input());
            cacheRead = sum(cacheRead, tokens.cacheRead());
            cacheWrite = sum(cacheWrite, tokens.cacheWrite());
            output = sum(output, tokens.output());
            reasoning = sum(reasoning, tokens.reasoning());
        }

        UsageRollup of(Key key) {
            TokenUsage tokens = new TokenUsage(input, cacheRead, cacheWrite, output, reasoning);
            return new UsageRollup(key, settled, givenBack, charged, uncollected, tokens);
        }
    }

    private UsageRollups() {}

    /** One for each key that occurs, in the one order in which their rows are locked. */
    public static List<UsageRollup> of(List<HoldEnd> ends) {
        Map<Key, Sum> sums = new HashMap<>();
        for (HoldEnd end : ends) {
            sums.computeIfAbsent(key(end), key -> new Sum()).add(end.event());
        }
        List<UsageRollup> ordered = new ArrayList<>(sums.size());
        sums.forEach((key, sum) -> ordered.add(sum.of(key)));
        ordered.sort(IN_KEY_ORDER);
        return ordered;
    }

    private static Key key(HoldEnd end) {
        AccountId account = end.event().account();
        UsageDetail detail = end.event().detail();
        long slot = slotSeconds(end.hold());
        return detail == null
                ? new Key(account, slot, "", "", "")
                : new Key(account, slot, cut(detail.route()), cut(detail.model()), cut(detail.apiKey()));
    }

    private static long slotSeconds(UUID hold) {
        long born = hold.getMostSignificantBits() >>> 16;
        return TimeUnit.MILLISECONDS.toSeconds(born - born % SLOT_MILLIS);
    }

    private static String cut(String name) {
        return name.length() <= NAME_MAX || name.codePointCount(0, name.length()) <= NAME_MAX
                ? name
                : name.substring(0, name.offsetByCodePoints(0, NAME_MAX));
    }

    private static long sum(long some, long more) {
        long sum = some + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}

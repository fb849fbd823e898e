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
            Key key, long settled, long givenBack, long chargedMicros, long uncollectedMicros, TokenUsage tokens) {

        UsageRollup plus(UsageRollup other) {
            return new UsageRollup(
                    key,
                    settled + other.settled,
                    givenBack + other.givenBack,
                    sum(chargedMicros, other.chargedMicros),
                    sum(uncollectedMicros, other.uncollectedMicros),
                    new TokenUsage(
                            sum(tokens.input(), other.tokens.input()),
                            sum(tokens.cacheRead(), other.tokens.cacheRead()),
                            sum(tokens.cacheWrite(), other.tokens.cacheWrite()),
                            sum(tokens.output(), other.tokens.output()),
                            sum(tokens.reasoning(), other.tokens.reasoning())));
        }
    }

    private UsageRollups() {}

    /** One for each key that occurs, in the one order in which their rows are locked. */
    public static List<UsageRollup> of(List<HoldEnd> ends) {
        Map<Key, UsageRollup> sums = new HashMap<>();
        for (HoldEnd end : ends) {
            UsageRollup one = of(end);
            sums.merge(one.key(), one, UsageRollup::plus);
        }
        List<UsageRollup> ordered = new ArrayList<>(sums.values());
        ordered.sort(IN_KEY_ORDER);
        return ordered;
    }

    private static UsageRollup of(HoldEnd end) {
        UsageEvent event = end.event();
        UsageDetail detail = event.detail();
        long slot = slotSeconds(end.hold());
        Key key = detail == null
                ? new Key(event.account(), slot, "", "", "")
                : new Key(event.account(), slot, cut(detail.route()), cut(detail.model()), cut(detail.apiKey()));
        boolean charges = event.kind() == UsageEvent.Kind.SETTLED || event.kind() == UsageEvent.Kind.CHARGED;
        return new UsageRollup(
                key,
                charges ? 1 : 0,
                charges ? 0 : 1,
                event.charged().micros(),
                event.uncollected().micros(),
                detail == null ? TokenUsage.NONE : detail.tokens());
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

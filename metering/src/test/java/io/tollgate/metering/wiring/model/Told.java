package io.tollgate.metering.wiring.model;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ends of holds that clients of one partition were told of, and what must have become of them after a loss:
 *
 * <ul>
 *   <li>what is in the book, or in the stream that Redis still has, stays and is in the book once;
 *   <li>of the rest, a settle that a living gateway was told of is sent again and is in the book once, charged to what the
 *       account and its hold are by then;
 *   <li>a settle that no living gateway keeps is lost: the documented window;
 *   <li>a release or an expiry is lost, and its hold is open again if Redis still has it;
 *   <li>a late charge is a command, which the book has.
 * </ul>
 */
final class Told {

    /** What a hold's end is known by. */
    record Key(HoldId hold, Kind kind) {}

    /** One end of a hold as it must be in the book. */
    static final class Fact {
        final Key key;
        final AccountId account;
        final Set<Integer> keptBy = new HashSet<>();
        long charged;
        long uncollected;
        boolean booked;
        boolean bookedInStandby;
        boolean sentAgain;

        private Fact(Key key, AccountId account, long charged, long uncollected) {
            this.key = key;
            this.account = account;
            this.charged = charged;
            this.uncollected = uncollected;
        }

        @Override
        public String toString() {
            return key + " of " + account + ", charged " + charged + ", not collected " + uncollected + ", kept by "
                    + keptBy + (booked ? ", booked" : "") + (sentAgain ? ", to be sent again" : "");
        }
    }

    /** What came of a loss, in numbers. */
    record Losses(int sentAgain, int settlesLost, int returnsLost) {}

    private final Map<Key, Fact> facts = new HashMap<>();
    private List<Fact> inOrder = new ArrayList<>();

    /** Notes an end unless it is known. */
    Fact tell(AccountId account, HoldId hold, Kind kind, long charged, long uncollected) {
        return facts.computeIfAbsent(new Key(hold, kind), key -> {
            Fact fact = new Fact(key, account, charged, uncollected);
            inOrder.add(fact);
            return fact;
        });
    }

    void forget(Fact fact) {
        facts.remove(fact.key);
        inOrder.remove(fact);
    }

    /** The hold's charge, in time or late; null for none. */
    @Nullable
    Fact charge(HoldId hold) {
        Fact settled = facts.get(new Key(hold, Kind.SETTLED));
        return settled == null ? facts.get(new Key(hold, Kind.CHARGED)) : settled;
    }

    boolean hasEnded(HoldId hold) {
        return charge(hold) != null
                || facts.containsKey(new Key(hold, Kind.RELEASED))
                || facts.containsKey(new Key(hold, Kind.EXPIRED));
    }

    /** Whether it has ended for good; a settle that is lost until it is sent again leaves its hold open. */
    boolean cannotReturn(HoldId hold) {
        Fact charge = charge(hold);
        return hasEnded(hold)
                && !(charge != null
                        && charge.sentAgain
                        && !charge.booked
                        && !facts.containsKey(new Key(hold, Kind.RELEASED))
                        && !facts.containsKey(new Key(hold, Kind.EXPIRED)));
    }

    /** How many there are: what comes later is not in an image of Redis that is made now. */
    int size() {
        return inOrder.size();
    }

    List<Fact> all() {
        return inOrder;
    }

    List<Fact> unbooked() {
        return inOrder.stream().filter(fact -> !fact.booked).toList();
    }

    void gatewayDied(int gateway) {
        inOrder.forEach(fact -> fact.keptBy.remove(gateway));
    }

    /** Redis now has what it had when {@link #size()} was {@code size}; which facts are booked has been looked up. */
    Losses redisFellBackTo(int size) {
        List<Fact> left = new ArrayList<>(inOrder.subList(0, size));
        int again = 0;
        int settles = 0;
        int returns = 0;
        for (Fact fact : inOrder.subList(size, inOrder.size())) {
            boolean isSettle = fact.key.kind() == Kind.SETTLED;
            if (fact.booked || fact.key.kind() == Kind.CHARGED) {
                left.add(fact);
            } else if (isSettle && !fact.keptBy.isEmpty()) {
                fact.sentAgain = true;
                left.add(fact);
                again++;
            } else {
                facts.remove(fact.key);
                settles += isSettle ? 1 : 0;
                returns += isSettle ? 0 : 1;
            }
        }
        inOrder = left;
        return new Losses(again, settles, returns);
    }
}

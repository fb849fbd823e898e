package io.tollgate.metering.live;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.LotShare;
import java.util.ArrayList;
import java.util.List;

/** What an operation did to an account. A share of nothing is none, and each grant has one. */
record ModelEffect(long charged, long uncollected, long debtChange, List<LotShare> shares, List<LotShare> broken) {

    static final ModelEffect NOTHING = new ModelEffect(0, 0, 0, List.of(), List.of());

    long paid() {
        return shares.stream().mapToLong(share -> share.amount().micros()).sum();
    }

    ModelEffect paid(long grant, long micros) {
        return new ModelEffect(charged, uncollected, debtChange, plus(shares, grant, micros), broken);
    }

    ModelEffect expired(long grant, long micros) {
        return new ModelEffect(charged, uncollected, debtChange, shares, plus(broken, grant, micros));
    }

    ModelEffect charged(long amount, long notCollected, long changeOfDebt) {
        return new ModelEffect(amount, notCollected, changeOfDebt, shares, broken);
    }

    ModelEffect uncollectedToo(long micros) {
        return new ModelEffect(charged, uncollected + micros, debtChange, shares, broken);
    }

    private static List<LotShare> plus(List<LotShare> shares, long grant, long micros) {
        if (micros == 0) {
            return shares;
        }
        List<LotShare> all = new ArrayList<>(shares);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).grant() == grant) {
                all.set(i, new LotShare(grant, all.get(i).amount().plus(Credits.ofMicros(micros))));
                return all;
            }
        }
        all.add(new LotShare(grant, Credits.ofMicros(micros)));
        return all;
    }
}

package io.tollgate.billing.catalog;

import io.tollgate.metering.ledger.Money;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything for sale, in the order in which it is shown.
 *
 * @param custom null if only packs are for sale
 */
public record Catalog(List<Pack> packs, @Nullable CustomAmount custom) {

    /** Stripe's own limit on an amount in most currencies. */
    static final long MINOR_MAX = 99_999_999;

    public Catalog {
        packs = List.copyOf(packs);
        Set<String> ids = new HashSet<>();
        for (Pack pack : packs) {
            if (!ids.add(pack.id())) {
                throw new IllegalArgumentException("two packs have the id " + pack.id());
            }
        }
    }

    public Quote quote(Choice choice) {
        return switch (choice) {
            case Choice.OfPack(String packId) -> quotePack(packId);
            case Choice.OfAmount(long minor) -> quoteAmount(minor);
        };
    }

    private Quote quotePack(String packId) {
        for (Pack pack : packs) {
            if (pack.id().equals(packId)) {
                return new Quote.Priced(pack.name(), pack.credits(), pack.price());
            }
        }
        return new Quote.UnknownPack();
    }

    private Quote quoteAmount(long minor) {
        if (custom == null) {
            return new Quote.NoCustomAmounts();
        }
        if (!custom.bounds().allow(minor)) {
            return new Quote.AmountOutOfBounds(custom.bounds());
        }
        return new Quote.Priced(
                "Credit",
                custom.curve().creditsFor(minor),
                new Money(minor, custom.bounds().currency()));
    }
}

package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.util.regex.Pattern;

/** A fixed amount of credit at a fixed price. */
public record Pack(String id, String name, Credits credits, Money price) {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,47}");
    private static final int NAME_MAX = 100;

    public Pack {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a pack id is 1 to 48 of a-z 0-9 _ -, not: " + id);
        }
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new IllegalArgumentException("pack " + id + " needs a name of 1 to " + NAME_MAX + " characters");
        }
        if (credits.isZero()) {
            throw new IllegalArgumentException("pack " + id + " gives no credit");
        }
        if (price.minor() < 1 || price.minor() > Catalog.MINOR_MAX) {
            throw new IllegalArgumentException("pack " + id + " needs a price in [1, " + Catalog.MINOR_MAX
                    + "] minor units, not " + price.minor());
        }
    }
}

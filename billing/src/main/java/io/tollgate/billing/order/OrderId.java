package io.tollgate.billing.order;

import java.util.UUID;
import java.util.regex.Pattern;

/** Names an order, to us and as the reference on Stripe's side. */
public record OrderId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public OrderId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("an order id is 1 to 64 of A-Z a-z 0-9 _ -");
        }
    }

    public static boolean isValid(String text) {
        return ALLOWED.matcher(text).matches();
    }

    public static OrderId random() {
        return new OrderId("ord_" + UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}

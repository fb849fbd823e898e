package io.tollgate.billing.notice;

import java.time.Duration;

/**
 * How much is told by a channel.
 *
 * @param ofKind the most an account is told of one kind within {@code window}
 * @param ofAccount the most it is told of everything within {@code window}
 * @param inAll the most all accounts together are told within {@code inAllWindow}; beyond, it waits
 */
public record DeliveryLimits(int ofKind, int ofAccount, Duration window, int inAll, Duration inAllWindow) {

    public DeliveryLimits {
        if (ofKind < 1 || ofAccount < 1 || inAll < 1) {
            throw new IllegalArgumentException("the limits of notices start at 1");
        }
    }
}

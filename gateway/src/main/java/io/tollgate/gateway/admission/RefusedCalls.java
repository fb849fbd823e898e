package io.tollgate.gateway.admission;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;

/** Told of each call that is refused for lack of credit, on the call's event loop: it must neither wait nor fail. */
@FunctionalInterface
public interface RefusedCalls {

    /**
     * One of them.
     *
     * @param required what the call would have held
     * @param availableMicros what the account had for it; below zero is debt
     */
    record RefusedCall(AccountId account, Lack lack, Credits required, long availableMicros) {}

    /** What the client was told. */
    enum Lack {
        INSUFFICIENT_CREDIT,
        CREDIT_IN_USE,
        CALL_EXCEEDS_CREDIT
    }

    void refused(RefusedCall call);
}

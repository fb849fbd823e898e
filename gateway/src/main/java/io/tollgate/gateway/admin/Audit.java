package io.tollgate.gateway.admin;

import io.tollgate.metering.account.AccountId;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Who did what from outside. A row is written after its action, so one may be missing after a crash, never one too many. */
public interface Audit {

    /**
     * Writes it down.
     *
     * @param action what was done: {@code create_account}
     * @param subject what it was done to: {@code account:acct_1}
     * @param detail further facts, no secrets
     */
    Mono<Void> record(String action, String subject, Map<String, String> detail);

    /** What was done to an account. */
    default Mono<Void> record(String action, AccountId account, Map<String, String> detail) {
        return record(action, "account:" + account, detail);
    }
}

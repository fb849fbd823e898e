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
     * @param detail further facts, no secrets
     */
    Mono<Void> record(String action, AccountId subject, Map<String, String> detail);
}

package io.tollgate.gateway.authentication;

import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key, without its secret.
 *
 * @param id what usage events and logs call it
 * @param shown its first characters, by which its owner recognises it
 * @param expiresAt null for never
 * @param revokedAt null while it is good
 * @param groups those its account is a member of
 */
public record ApiKey(
        String id,
        AccountId account,
        String name,
        String shown,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        Set<String> groups) {

    public ApiKey {
        groups = Set.copyOf(groups);
    }
}

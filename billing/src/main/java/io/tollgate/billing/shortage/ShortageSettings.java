package io.tollgate.billing.shortage;

import java.time.Duration;

/**
 * Bounds of what is remembered of refused calls.
 *
 * @param accountsMax accounts that may wait to be told of; more are forgotten, and counted
 * @param concurrency accounts told of at the same time
 * @param patience how long a listener may take over one account
 */
public record ShortageSettings(int accountsMax, int concurrency, Duration patience) {

    public ShortageSettings {
        if (accountsMax < 1 || concurrency < 1) {
            throw new IllegalArgumentException("refused calls need bounds of at least 1");
        }
    }
}

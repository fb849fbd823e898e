package io.tollgate.gateway.admission;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of holds and their ends.
 *
 * @param ttl how long a hold outlives the gateway that made it; running calls renew theirs at half of it
 * @param maxPendingEnds ends of holds that may wait for the live store; no call is admitted beyond
 * @param maxUnheld calls that may be under way or unbooked at once on routes that allow them while the live store is away
 * @param retryMin wait before an end is sent again, doubled each time
 * @param retryMax the longest such wait
 * @param unexpectedRetries how often an end is sent again that failed for another reason than a store's absence, before it is given up
 * @param drain how long a shutdown waits for them
 * @param lowerings how often a call's output cap is lowered to what is affordable, when other calls were faster, before it is refused
 * @param raiseWhenLeft percent of a route's slice of output tokens; when a stream has so much left of what its hold covers, the hold is raised by a slice
 * @param silence when calls do not ask for their holds, since the live store does not answer
 */
@ConfigurationProperties("tollgate.holds")
record AdmissionProperties(
        @DefaultValue("60s") Duration ttl,
        @DefaultValue("100000") int maxPendingEnds,
        @DefaultValue("1000") int maxUnheld,
        @DefaultValue("50ms") Duration retryMin,
        @DefaultValue("5s") Duration retryMax,
        @DefaultValue("100") int unexpectedRetries,
        @DefaultValue("20s") Duration drain,
        @DefaultValue("2") int lowerings,
        @DefaultValue("25") int raiseWhenLeft,
        @DefaultValue Silence silence) {

    /**
     * When a live store that keeps calls waiting is left alone.
     *
     * @param after a hold that waited so long before it failed counts; half of the latest have to
     * @param pause between then and the next probes
     */
    record Silence(
            @DefaultValue("200ms") Duration after,
            @DefaultValue("500ms") Duration pause) {

        Silence {
            if (after.isNegative() || pause.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "tollgate.holds.silence: after is not below zero, pause at least 1 ms: " + after + ", "
                                + pause);
            }
        }
    }

    AdmissionProperties {
        if (raiseWhenLeft < 1 || raiseWhenLeft > 99) {
            throw new IllegalArgumentException("raise-when-left must be from 1 to 99 percent: " + raiseWhenLeft);
        }
    }
}

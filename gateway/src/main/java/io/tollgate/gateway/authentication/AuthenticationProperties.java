package io.tollgate.gateway.authentication;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of what a gateway remembers of keys.
 *
 * @param cacheSize keys
 * @param reloadAfter a key is read again after that long, whatever happens
 * @param revocationsAfter revocations are read again after that long, by the next call
 * @param unknownSize keys that do not exist
 * @param unknownFor a key that does not exist is believed not to for that long
 * @param staleMax how long keys are good without news of revocations, while Postgres is unreachable
 * @param loadsMax keys being looked up at the same time
 * @param loadTimeout of one look-up
 * @param acceptForeign whether keys that we have not made can exist at all
 */
@ConfigurationProperties("tollgate.keys")
record AuthenticationProperties(
        @DefaultValue("100000") int cacheSize,
        @DefaultValue("10m") Duration reloadAfter,
        @DefaultValue("1s") Duration revocationsAfter,
        @DefaultValue("10000") int unknownSize,
        @DefaultValue("1s") Duration unknownFor,
        @DefaultValue("10m") Duration staleMax,
        @DefaultValue("256") int loadsMax,
        @DefaultValue("3s") Duration loadTimeout,
        @DefaultValue("false") boolean acceptForeign) {}

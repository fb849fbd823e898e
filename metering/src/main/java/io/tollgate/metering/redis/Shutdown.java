package io.tollgate.metering.redis;

import io.lettuce.core.resource.ClientResources;
import java.util.concurrent.TimeUnit;

/** Lets go of Lettuce's own few threads; nobody waits for them. */
final class Shutdown {

    private Shutdown() {}

    static void of(ClientResources resources) {
        var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}

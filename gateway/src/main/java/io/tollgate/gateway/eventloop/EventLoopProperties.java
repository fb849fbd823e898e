package io.tollgate.gateway.eventloop;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway listens.
 *
 * @param eventLoops number of event loops; 0 for as many as there are cores
 * @param requestTimeout a client must have sent its whole request by then
 * @param idleTimeout a client's connection without a request is closed by then
 */
@ConfigurationProperties("tollgate.server")
record EventLoopProperties(
        @DefaultValue("0") int eventLoops,
        @DefaultValue("30s") Duration requestTimeout,
        @DefaultValue("75s") Duration idleTimeout) {

    int loopCount() {
        return eventLoops > 0 ? eventLoops : Runtime.getRuntime().availableProcessors();
    }
}

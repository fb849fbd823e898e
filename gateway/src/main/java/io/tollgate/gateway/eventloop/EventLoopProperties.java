package io.tollgate.gateway.eventloop;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The threads that do all the work.
 *
 * @param eventLoops number of event loops; 0 for as many as there are cores
 */
@ConfigurationProperties("tollgate.server")
record EventLoopProperties(@DefaultValue("0") int eventLoops) {

    int loopCount() {
        return eventLoops > 0 ? eventLoops : Runtime.getRuntime().availableProcessors();
    }
}

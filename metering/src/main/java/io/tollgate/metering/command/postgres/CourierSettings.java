package io.tollgate.metering.command.postgres;

import io.tollgate.metering.command.Courier;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commands whose push was lost are found and delivered.
 *
 * @param interval pause between two rounds
 * @param age how long a command may go unbooked before it is looked for
 * @param accountsAtOnce the most accounts in one round
 * @param commandsAtOnce the most commands of one account in one round
 * @param concurrency accounts delivered to side by side
 * @param timeout for one account, and for a push
 * @param longestPause the most that repeated failures stretch the interval to
 */
@ConfigurationProperties("tollgate.metering.courier")
record CourierSettings(
        @DefaultValue("1s") Duration interval,
        @DefaultValue("2s") Duration age,
        @DefaultValue("200") int accountsAtOnce,
        @DefaultValue("1000") int commandsAtOnce,
        @DefaultValue("8") int concurrency,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("10s") Duration longestPause) {

    Courier.Bounds bounds() {
        return new Courier.Bounds(age, accountsAtOnce, commandsAtOnce, concurrency, timeout);
    }
}

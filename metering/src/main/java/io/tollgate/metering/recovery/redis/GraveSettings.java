package io.tollgate.metering.recovery.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The same as for every hold that ends.
 *
 * @param tombstoneTtl how long Redis remembers that a hold has ended
 */
@ConfigurationProperties("tollgate.metering")
record GraveSettings(@DefaultValue("1h") Duration tombstoneTtl) {}

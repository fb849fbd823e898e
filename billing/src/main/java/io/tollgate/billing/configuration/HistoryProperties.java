package io.tollgate.billing.configuration;

import io.tollgate.billing.history.HistorySettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Bounds of the history; what each means is said at {@link HistorySettings}. */
@ConfigurationProperties("tollgate.billing.history")
record HistoryProperties(
        @DefaultValue("1d") Duration linksLive,
        @DefaultValue("4s") Duration patience,
        @DefaultValue("20") int fetchesMax,
        @DefaultValue("4") int concurrency) {

    HistorySettings settings() {
        return new HistorySettings(linksLive, patience, fetchesMax, concurrency);
    }
}

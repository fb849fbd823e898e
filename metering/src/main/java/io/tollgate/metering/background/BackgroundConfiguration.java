package io.tollgate.metering.background;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BackgroundConfiguration {

    @Bean
    SmartInitializingSingleton loopMeters(List<BackgroundLoop> loops, MeterRegistry meters) {
        return () -> loops.forEach(loop -> LoopMeters.register(loop, meters));
    }
}

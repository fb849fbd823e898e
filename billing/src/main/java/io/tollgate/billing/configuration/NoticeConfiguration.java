package io.tollgate.billing.configuration;

import io.tollgate.billing.notice.Routes;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Notices, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NoticeProperties.class)
class NoticeConfiguration {

    @Bean
    Routes noticeRoutes(NoticeProperties properties) {
        return properties.routes();
    }
}

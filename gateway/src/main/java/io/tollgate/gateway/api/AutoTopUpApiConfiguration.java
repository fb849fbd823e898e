package io.tollgate.gateway.api;

import io.tollgate.billing.autotopup.AutoTopUpDesk;
import io.tollgate.gateway.authentication.Authentication;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class AutoTopUpApiConfiguration {

    @Bean
    RouterFunction<ServerResponse> autoTopUpRoutes(
            Authentication authentication,
            AutoTopUpDesk desk,
            @Value("${tollgate.public-url:http://localhost:8080}") URI publicUrl) {
        AutoTopUpEndpoint endpoint = new AutoTopUpEndpoint(desk, publicUrl);
        return RouterFunctions.route()
                .GET("/api/auto-top-up", endpoint::read)
                .PUT("/api/auto-top-up", endpoint::put)
                .POST("/api/auto-top-up/setup", endpoint::setup)
                .filter(new KeyHolder(authentication))
                .build();
    }
}

package io.tollgate.gateway.api;

import io.tollgate.billing.notice.Contacts;
import io.tollgate.gateway.authentication.Authentication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class ContactConfiguration {

    @Bean
    RouterFunction<ServerResponse> contactRoutes(Authentication authentication, Contacts contacts) {
        ContactEndpoint contact = new ContactEndpoint(contacts);
        return RouterFunctions.route()
                .GET("/api/contact", contact::read)
                .PUT("/api/contact", contact::put)
                .filter(new KeyHolder(authentication))
                .build();
    }
}

package io.tollgate.gateway.api;

import io.tollgate.billing.history.History;
import io.tollgate.gateway.authentication.Authentication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class PaymentsApiConfiguration {

    @Bean
    RouterFunction<ServerResponse> paymentRoutes(Authentication authentication, History history) {
        PaymentsEndpoint endpoint = new PaymentsEndpoint(history);
        return RouterFunctions.route()
                .GET(PaymentsEndpoint.PAYMENTS, endpoint::payments)
                .GET(PaymentsEndpoint.PAYMENTS + "/{id}", endpoint::payment)
                .GET(PaymentsEndpoint.INVOICES, endpoint::invoices)
                .filter(new KeyHolder(authentication))
                .build();
    }
}

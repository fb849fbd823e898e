package io.tollgate.gateway.api;

import io.tollgate.billing.refund.MoneyBack;
import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.topup.RefundAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Money back on a customer's own word; it happens once per payment, so it needs no key against repetition. */
@Configuration(proxyBeanMethods = false)
class MoneyBackConfiguration {

    @Bean
    RouterFunction<ServerResponse> moneyBackRoutes(Authentication authentication, MoneyBack moneyBack) {
        return RouterFunctions.route()
                .POST(
                        "/api/payments/{payment}/refund",
                        request -> moneyBack
                                .take(KeyHolder.account(request), request.pathVariable("payment"))
                                .flatMap(RefundAnswers::of))
                .filter(new KeyHolder(authentication))
                .build();
    }
}

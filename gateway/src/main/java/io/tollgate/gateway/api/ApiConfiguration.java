package io.tollgate.gateway.api;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.checkout.Checkout;
import io.tollgate.billing.history.History;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.gateway.authentication.Authentication;
import io.tollgate.gateway.balance.Positions;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.grant.GrantHistory;
import io.tollgate.metering.ledger.Statements;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    RouterFunction<ServerResponse> apiRoutes(
            Authentication authentication,
            Positions positions,
            GrantHistory history,
            Statements statements,
            Catalogs catalogs,
            Checkout checkout,
            TopUpLinks links,
            TopUps topUps,
            Payments payments,
            History paid) {
        CheckoutEndpoint buying = new CheckoutEndpoint(catalogs, checkout, links);
        RouterFunction<ServerResponse> withKey = RouterFunctions.route()
                .GET("/api/balance", new BalanceEndpoint(positions, history)::read)
                .GET("/api/ledger", new LedgerEndpoint(statements, paid)::read)
                .POST("/api/checkout", buying::start)
                .GET("/api/checkout/{session}", new CheckoutStatusEndpoint(topUps, payments)::read)
                .filter(new KeyHolder(authentication))
                .build();
        return RouterFunctions.route()
                .GET("/api/catalog", buying::forSale)
                .add(withKey)
                .build();
    }
}

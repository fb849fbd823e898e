package io.tollgate.gateway.console;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.checkout.Checkout;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.gateway.balance.Positions;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.command.Commands;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

    @Bean
    RouterFunction<ServerResponse> topUpRoutes(
            TopUpLinks links,
            Catalogs catalogs,
            Checkout checkout,
            TopUps topUps,
            Commands commands,
            Positions positions) {
        TopUpPages pages = new TopUpPages(links, catalogs, checkout, positions);
        SuccessPages success = new SuccessPages(links, topUps, commands, positions);
        return RouterFunctions.route()
                .GET("/top-up/{token}", pages::show)
                .POST("/top-up/{token}", pages::pay)
                .GET("/top-up/{token}/success", success::page)
                .GET("/top-up/{token}/status", success::fragment)
                .GET("/top-up/{token}/begun", pages::begun)
                .GET("/top-up/{token}/cancel", pages::cancelled)
                .build();
    }

    @Bean
    PageHeaders pageHeaders(
            @Value("${tollgate.top-up.checkout-origins:https://checkout.stripe.com}") List<String> checkoutOrigins) {
        return new PageHeaders(checkoutOrigins);
    }
}

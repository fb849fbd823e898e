package io.tollgate.gateway.admin;

import io.tollgate.billing.reconciliation.Findings;
import io.tollgate.billing.reconciliation.Repairs;
import io.tollgate.billing.reconciliation.RunRequests;
import io.tollgate.billing.reconciliation.StripeRuns;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class StripeReconciliationsConfiguration {

    @Bean
    StripeReconciliationsEndpoint stripeReconciliationsEndpoint(
            RunRequests requests, StripeRuns runs, Findings findings, Audit audit, AdminSettings settings) {
        return new StripeReconciliationsEndpoint(requests, runs, findings, audit, settings.pageMax());
    }

    @Bean
    RouterFunction<ServerResponse> stripeReconciliationsRoutes(
            StripeReconciliationsEndpoint reconciliations,
            Findings findings,
            Repairs repairs,
            Audit audit,
            AdminSettings settings) {
        StripeFindingsEndpoint endpoint = new StripeFindingsEndpoint(findings, repairs, audit);
        return RouterFunctions.route()
                .POST("/admin/api/stripe-reconciliations", reconciliations::start)
                .GET("/admin/api/stripe-reconciliations", reconciliations::list)
                .GET("/admin/api/stripe-reconciliations/findings", reconciliations::open)
                .GET("/admin/api/stripe-reconciliations/{id}", reconciliations::read)
                .POST("/admin/api/stripe-reconciliations/findings/{finding}/repair", endpoint::repair)
                .POST("/admin/api/stripe-reconciliations/findings/{finding}/dismiss", endpoint::dismiss)
                .filter(new AdminAccess(settings))
                .build();
    }
}

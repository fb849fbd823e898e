package io.tollgate.gateway.admin;

import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.refund.RefundDesk;
import io.tollgate.billing.reversal.Disputes;
import io.tollgate.billing.reversal.Refunds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class ReversalsConfiguration {

    @Bean
    RouterFunction<ServerResponse> reversalRoutes(
            RefundDesk desk,
            Refunds refunds,
            Disputes disputes,
            Payments payments,
            Audit audit,
            AdminSettings settings) {
        ReversalsEndpoint lists = new ReversalsEndpoint(refunds, disputes, payments, settings.pageMax());
        return RouterFunctions.route()
                .POST("/admin/api/payments/{payment}/refunds", new RefundsEndpoint(desk, payments, audit)::refund)
                .GET("/admin/api/accounts/{account}/payments", lists::payments)
                .GET("/admin/api/payments/{payment}", lists::payment)
                .GET("/admin/api/refunds", lists::refunds)
                .GET("/admin/api/disputes", lists::disputes)
                .filter(new AdminAccess(settings))
                .build();
    }
}

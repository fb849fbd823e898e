package io.tollgate.gateway.admin;

import io.tollgate.billing.notice.Contacts;
import io.tollgate.billing.notice.Deliveries;
import io.tollgate.metering.account.BookedAccounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class NoticesConfiguration {

    @Bean
    RouterFunction<ServerResponse> noticesRoutes(
            Deliveries deliveries, Contacts contacts, BookedAccounts accounts, Audit audit, AdminSettings settings) {
        NoticesEndpoint endpoint = new NoticesEndpoint(deliveries, contacts, accounts, audit, settings.pageMax());
        return RouterFunctions.route()
                .GET("/admin/api/notices", endpoint::list)
                .POST("/admin/api/notices/{number}/{channel}/requeue", endpoint::requeue)
                .GET("/admin/api/accounts/{account}/contact", endpoint::contact)
                .PUT("/admin/api/accounts/{account}/contact", endpoint::putContact)
                .filter(new AdminAccess(settings))
                .build();
    }
}

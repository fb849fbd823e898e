package io.tollgate.gateway.admin;

import io.tollgate.billing.catalog.ChangingCatalogs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class CatalogAdminConfiguration {

    @Bean
    RouterFunction<ServerResponse> catalogAdminRoutes(ChangingCatalogs catalogs, Audit audit, AdminSettings settings) {
        CatalogEndpoint endpoint = new CatalogEndpoint(catalogs, audit);
        return RouterFunctions.route()
                .GET("/admin/api/catalog", endpoint::readAll)
                .GET("/admin/api/catalog/{kind}", endpoint::list)
                .GET("/admin/api/catalog/{kind}/{id}", endpoint::read)
                .PUT("/admin/api/catalog/{kind}/{id}", endpoint::put)
                .DELETE("/admin/api/catalog/{kind}/{id}", endpoint::withdraw)
                .filter(new AdminAccess(settings))
                .build();
    }
}

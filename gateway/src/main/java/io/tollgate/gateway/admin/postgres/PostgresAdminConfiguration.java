package io.tollgate.gateway.admin.postgres;

import io.tollgate.gateway.admin.Audit;
import io.tollgate.gateway.admin.BookFigures;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class PostgresAdminConfiguration {

    @Bean
    Audit audit(DatabaseClient database, JsonMapper json) {
        return new PostgresAudit(database, json);
    }

    @Bean
    BookFigures bookFigures(DatabaseClient database) {
        return new PostgresBookFigures(database);
    }
}

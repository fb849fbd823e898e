package io.tollgate.gateway.admin;

import io.tollgate.gateway.authentication.AccountGroups;
import io.tollgate.gateway.authentication.ApiKeys;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.StateChanges;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.GrantHistory;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.reconciliation.DriftRecord;
import io.tollgate.metering.reconciliation.Runs;
import io.tollgate.metering.usage.Quarantine;
import io.tollgate.metering.usage.QuarantineDesk;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminSettings.class)
class AdminConfiguration {

    @Bean
    RouterFunction<ServerResponse> adminRoutes(
            AdminSettings settings,
            AccountsEndpoint accounts,
            GrantsEndpoint grants,
            ClawbacksEndpoint clawbacks,
            AllowanceEndpoint allowance,
            StateEndpoint state,
            GroupsEndpoint groups,
            PositionEndpoint position,
            ConservationEndpoint conservation,
            ReconciliationsEndpoint reconciliations,
            QuarantineEndpoint quarantine,
            BulkEndpoint bulk) {
        return RouterFunctions.route()
                .POST("/admin/api/accounts", accounts::create)
                .GET("/admin/api/accounts/{account}", position::read)
                .POST("/admin/api/accounts/{account}/keys", accounts::issueKey)
                .DELETE("/admin/api/accounts/{account}/keys/{key}", accounts::revokeKey)
                .POST("/admin/api/accounts/{account}/grants", grants::give)
                .POST("/admin/api/accounts/{account}/clawbacks", clawbacks::take)
                .POST("/admin/api/accounts/{account}/allowance", allowance::replace)
                .POST("/admin/api/accounts/{account}/freeze", state::freeze)
                .POST("/admin/api/accounts/{account}/thaw", state::thaw)
                .POST("/admin/api/accounts/{account}/close", state::close)
                .PUT("/admin/api/accounts/{account}/groups", groups::put)
                .GET("/admin/api/conservation", conservation::compare)
                .GET("/admin/api/conservation/charges", conservation::charges)
                .POST("/admin/api/reconciliations", reconciliations::start)
                .GET("/admin/api/reconciliations", reconciliations::list)
                .GET("/admin/api/reconciliations/{id}", reconciliations::read)
                .GET("/admin/api/drift", reconciliations::drift)
                .POST("/admin/api/bulk-accounts", bulk::create)
                .GET("/admin/api/quarantine", quarantine::waiting)
                .POST("/admin/api/quarantine/{place}", quarantine::discard)
                .POST("/admin/api/accounts/{account}/quarantine", quarantine::resolve)
                .filter(new AdminAccess(settings))
                .build();
    }

    @Bean
    AccountsEndpoint accountsEndpoint(BookedAccounts accounts, ApiKeys keys, Audit audit) {
        return new AccountsEndpoint(accounts, keys, audit);
    }

    @Bean
    GrantsEndpoint grantsEndpoint(Grants grants, Courier courier, Audit audit) {
        return new GrantsEndpoint(grants, courier, audit);
    }

    @Bean
    ClawbacksEndpoint clawbacksEndpoint(Clawbacks clawbacks, Courier courier, Audit audit) {
        return new ClawbacksEndpoint(clawbacks, courier, audit);
    }

    @Bean
    AllowanceEndpoint allowanceEndpoint(Allowances allowances, Courier courier, Audit audit) {
        return new AllowanceEndpoint(allowances, courier, audit);
    }

    @Bean
    StateEndpoint stateEndpoint(StateChanges changes, Courier courier, Audit audit) {
        return new StateEndpoint(changes, courier, audit);
    }

    @Bean
    GroupsEndpoint groupsEndpoint(AccountGroups groups, Audit audit) {
        return new GroupsEndpoint(groups, audit);
    }

    @Bean
    PositionEndpoint positionEndpoint(BookedAccounts booked, LiveAccounts live, GrantHistory history) {
        return new PositionEndpoint(booked, live, history);
    }

    @Bean
    ConservationEndpoint conservationEndpoint(
            BookFigures book, Books ledger, LiveAccounts live, AdminSettings settings) {
        return new ConservationEndpoint(book, ledger, live, settings.pageMax());
    }

    @Bean
    ReconciliationsEndpoint reconciliationsEndpoint(
            Runs runs, DriftRecord drifts, Audit audit, AdminSettings settings) {
        return new ReconciliationsEndpoint(runs, drifts, audit, settings.pageMax());
    }

    @Bean
    BulkEndpoint bulkEndpoint(
            AdminSettings settings, BookedAccounts accounts, ApiKeys keys, Grants grants, Courier courier) {
        return new BulkEndpoint(settings, accounts, keys, grants, courier);
    }

    @Bean
    QuarantineEndpoint quarantineEndpoint(
            Quarantine quarantine, QuarantineDesk desk, Audit audit, AdminSettings settings) {
        return new QuarantineEndpoint(quarantine, desk, audit, settings.pageMax());
    }
}

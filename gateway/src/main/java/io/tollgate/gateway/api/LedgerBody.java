package io.tollgate.gateway.api;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Statements.Call;
import io.tollgate.metering.ledger.Statements.Line;
import io.tollgate.metering.ledger.Statements.LotPart;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A page of a statement as JSON, newest first.
 *
 * @param next cursor of the next page, null for no next page
 */
record LedgerBody(
        String account, List<LineBody> lines, @Nullable String next) {

    /**
     * One line.
     *
     * @param source what given credit came from, null on other lines
     * @param cause for usage the request's id
     * @param payment the id of the payment that brought or lost this credit; null where none did
     * @param credits signed: by how much the balance changed
     * @param balance behind this line; below zero is debt
     * @param uncollected what was used beyond that and is written off
     * @param lots which of them paid, gave or were filled
     * @param expired what went unused of which lot
     * @param usage null on other lines
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record LineBody(
            Instant at,
            String kind,
            @Nullable String source,
            String cause,
            @Nullable String payment,
            String credits,
            String balance,
            long creditsMicros,
            long balanceMicros,
            String uncollected,
            List<LotBody> lots,
            List<LotBody> expired,
            @Nullable UsageBody usage) {
        static LineBody of(Line line, Map<Long, String> payments) {
            return new LineBody(
                    line.at(),
                    line.kind().name().toLowerCase(Locale.ROOT),
                    line.origin() == null ? null : line.origin().toLowerCase(Locale.ROOT),
                    line.cause(),
                    LedgerPayments.of(line, payments),
                    Credits.decimal(line.amountMicros()),
                    Credits.decimal(line.balanceMicros()),
                    line.amountMicros(),
                    line.balanceMicros(),
                    Credits.decimal(line.uncollectedMicros()),
                    line.lots().stream().map(LotBody::of).toList(),
                    line.expired().stream().map(LotBody::of).toList(),
                    line.call() == null ? null : UsageBody.of(line.cause(), line.call()));
        }
    }

    /** One lot's part in a line, by the number of its grant. */
    record LotBody(long grant, String credits) {
        static LotBody of(LotPart part) {
            return new LotBody(part.grant(), part.amount().toDecimal());
        }
    }

    /**
     * The call; tokens are all of their side, cached and reasoned ones too.
     *
     * @param waived credits it would have cost, had its caller not been exempt
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record UsageBody(
            String requestId,
            @Nullable String route,
            @Nullable String model,
            long inputTokens,
            long outputTokens,
            String waived) {
        static UsageBody of(String requestId, Call call) {
            return new UsageBody(
                    requestId,
                    call.route(),
                    call.model(),
                    call.inputTokens(),
                    call.outputTokens(),
                    call.waived().toDecimal());
        }
    }

    static LedgerBody of(AccountId account, LedgerPage page, Map<Long, String> payments) {
        return new LedgerBody(
                account.value(),
                page.lines().stream().map(line -> LineBody.of(line, payments)).toList(),
                page.next());
    }
}

package io.tollgate.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.StatementPlace;
import io.tollgate.metering.ledger.Statements.Call;
import io.tollgate.metering.ledger.Statements.Kind;
import io.tollgate.metering.ledger.Statements.Line;
import io.tollgate.metering.ledger.Statements.LotPart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LedgerCsvTest {

    @Test
    void namesFromClientsAreNeitherFormulasNorNewCells() {
        Line line = new Line(
                new StatementPlace(1, 2, 0, "hold"),
                Instant.parse("2030-01-31T12:00:00Z"),
                Kind.USAGE,
                null,
                "hold",
                -100_000,
                0,
                List.of(),
                List.of(),
                -50_000,
                new Call("chat", "=HYPERLINK(\"x\"),\r\ny", 1, 2, Credits.of(3)));

        assertThat(LedgerCsv.of(List.of(line), Map.of()))
                .endsWith("\r\n2030-01-31T12:00:00Z,\"usage\",,\"hold\",,-0.1,-0.05,0,\"chat\","
                        + "\"'=HYPERLINK(\"\"x\"\"),\r\ny\",1,2,3\r\n");
    }

    @Test
    void whatWasBoughtOrTakenBackNamesItsPaymentUnlessThereAreSeveral() {
        Map<Long, String> payments = Map.of(1L, "ord_1", 2L, "ord_2");

        assertThat(LedgerCsv.of(List.of(given(Kind.GRANT, 1)), payments)).contains(",\"cause\",\"ord_1\",");
        assertThat(LedgerCsv.of(List.of(given(Kind.CLAWBACK, 1, 2)), payments)).contains(",\"cause\",,");
        assertThat(LedgerCsv.of(List.of(given(Kind.USAGE, 1)), payments)).contains(",\"cause\",,");
    }

    private static Line given(Kind kind, long... grants) {
        List<LotPart> lots = LongStream.of(grants)
                .mapToObj(grant -> new LotPart(grant, Credits.of(1)))
                .toList();
        return new Line(
                new StatementPlace(1, 2, 1, "id"),
                Instant.parse("2030-01-31T12:00:00Z"),
                kind,
                null,
                "cause",
                1,
                0,
                lots,
                List.of(),
                1,
                null);
    }
}

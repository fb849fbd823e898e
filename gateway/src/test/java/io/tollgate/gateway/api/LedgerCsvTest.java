package io.tollgate.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.StatementPlace;
import io.tollgate.metering.ledger.Statements.Call;
import io.tollgate.metering.ledger.Statements.Kind;
import io.tollgate.metering.ledger.Statements.Line;
import java.time.Instant;
import java.util.List;
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

        assertThat(LedgerCsv.of(List.of(line)))
                .endsWith("\r\n2030-01-31T12:00:00Z,\"usage\",,\"hold\",-0.1,-0.05,0,\"chat\","
                        + "\"'=HYPERLINK(\"\"x\"\"),\r\ny\",1,2,3\r\n");
    }
}

package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** The operator finds a webhook event that was given up, and has it tried again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuriedEventsTest {

    private static final String PATH = "/admin/api/webhook-events";

    private final Installation installation = Installation.start();
    private final GatewayInJvm process = GatewayInJvm.start(installation.properties(Installation.freePort()));
    private final GatewayClient gateway = new GatewayClient(process.uri());

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @Test
    void isShownWithItsReasonAndTriedAgain() {
        process.bean(DatabaseClient.class)
                .sql("INSERT INTO webhook_event (id, type, object_id, body, state, attempts, last_error, closed_at)"
                        + " VALUES ('evt_1', 'product.created', 'prod_1', '{}', 'BURIED', 20, 'no such thing', now())")
                .then()
                .block();

        JsonNode shown = Calls.json(gateway.get(PATH + "/buried", Installation.ADMIN_TOKEN))
                .required("events")
                .get(0);

        assertThat(shown.required("id").asString()).isEqualTo("evt_1");
        assertThat(shown.required("reason").asString()).isEqualTo("no such thing");
        assertThat(gateway.postJson(PATH + "/evt_1/requeue", "", Installation.ADMIN_TOKEN)
                        .statusCode())
                .isEqualTo(202);
        assertThat(gateway.postJson(PATH + "/evt_1/requeue", "", Installation.ADMIN_TOKEN)
                        .statusCode())
                .isEqualTo(404);
        assertThat(Calls.json(gateway.get(PATH + "/buried", Installation.ADMIN_TOKEN))
                        .required("events")
                        .size())
                .isZero();
    }

    @Test
    void isForTheOperatorOnly() {
        assertThat(gateway.get(PATH + "/buried", "somebody").statusCode()).isEqualTo(401);
        assertThat(gateway.postJson(PATH + "/evt_2/requeue", "", "somebody").statusCode())
                .isEqualTo(401);
    }
}

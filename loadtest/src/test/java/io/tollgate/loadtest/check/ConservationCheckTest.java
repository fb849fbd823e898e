package io.tollgate.loadtest.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollgate.loadtest.api.AdminApi;
import io.tollgate.loadtest.api.LoadAccount;
import io.tollgate.loadtest.api.Target;
import io.tollgate.loadtest.call.Call;
import io.tollgate.loadtest.call.Call.Kind;
import io.tollgate.loadtest.call.Call.Outcome;
import io.tollgate.loadtest.call.Micros;
import io.tollgate.loadtest.fake.FakeInstallation;
import io.tollgate.loadtest.fake.FakeInstallation.Lie;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check over HTTP, on an installation that may lie. */
class ConservationCheckTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void passesASoundInstallation() throws Exception {
        try (FakeInstallation sound = new FakeInstallation()) {
            check(sound.target()).demand(out());

            assertThat(report())
                    .contains("4 calls on 2 accounts, 4 charged, 4 delivered")
                    .doesNotContain("BROKEN");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CHARGES_MORE_THAN_TOLD, told = charged",
        "FORGETS_A_CHARGE,       delivered -> charged",
        "LEAVES_A_HOLD,          held = 0",
        "LOSES_A_DELIVERY,       charged -> delivered"
    })
    void findsWhatIsWrong(Lie lie, String invariant) throws Exception {
        try (FakeInstallation lying = new FakeInstallation(lie)) {
            ConservationCheck check = check(lying.target());

            assertThatExceptionOfType(NotConservedException.class)
                    .isThrownBy(() -> check.demand(out()))
                    .withMessageContaining(invariant);
            assertThat(report()).contains("BROKEN  " + invariant);
        }
    }

    private static ConservationCheck check(Target target) throws IOException, InterruptedException {
        List<Call> told = new ArrayList<>();
        for (LoadAccount account : new AdminApi(target).createAccounts(2, 1_000)) {
            told.add(call(target, account));
            told.add(call(target, account));
        }
        return new ConservationCheck(new HttpWitnesses(target), told, Duration.ofMillis(100));
    }

    private static Call call(Target target, LoadAccount account) throws IOException, InterruptedException {
        URI uri = target.gateway().resolve("/v1/chat/completions");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + account.key())
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            String cost = response.headers().firstValue("Tollgate-Cost").orElseThrow();
            String id = response.headers().firstValue("Tollgate-Request-Id").orElseThrow();
            return new Call(account.id(), id, Kind.PLAIN, Outcome.ANSWERED, Micros.of(cost));
        }
    }

    private PrintStream out() {
        return new PrintStream(printed, true, StandardCharsets.UTF_8);
    }

    private String report() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}

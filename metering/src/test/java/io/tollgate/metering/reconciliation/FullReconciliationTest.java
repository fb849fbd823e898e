package io.tollgate.metering.reconciliation;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.reconciliation.FullReconciliation.Plan;
import io.tollgate.metering.reconciliation.Runs.StartResult.Started;
import io.tollgate.metering.reconciliation.Runs.StartResult.StillRunning;
import io.tollgate.metering.usage.BookedLately;
import io.tollgate.metering.wiring.Metering;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FullReconciliationTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Plan AT_ONCE = new Plan(500, Duration.ofSeconds(30), LEASE, null);
    private static final String NOON = "2030-01-01T12:00:00Z";

    private final Metering metering = Metering.start(
            "tollgate.metering.reconciliation.nightly-at=off",
            "tollgate.metering.reconciliation.interval=1h",
            "tollgate.metering.reconciliation.run-interval=1h");
    private final Runs runs = metering.bean(Runs.class);

    @BeforeEach
    void accounts() {
        got(metering.book()
                .client()
                .sql("INSERT INTO account (id, name) SELECT 'a-' || i, 'one of many' FROM generate_series(1, 2000) i")
                .fetch()
                .rowsUpdated());
        got(metering.book()
                .client()
                .sql("INSERT INTO account_balance (account) SELECT id FROM account")
                .fetch()
                .rowsUpdated());
    }

    @AfterEach
    void close() {
        metering.close();
    }

    @Test
    void looksAtEveryAccountAndTellsItsProgress() {
        AccountId drifted = used();
        AccountId sound = used();
        change("UPDATE account_balance SET state = 'FROZEN' WHERE account = '" + drifted + "'");
        Run begun = started();

        FullReconciliation pageByPage = reconciliation(new Plan(500, Duration.ZERO, LEASE, null), NOON);
        pageByPage.turn().block();
        Run onItsWay = run(begun.id());
        pageByPage.turn().repeat(4).blockLast();
        Run through = run(begun.id());

        assertThat(onItsWay.checked()).isEqualTo(500);
        assertThat(onItsWay.state()).isEqualTo(Run.State.RUNNING);
        assertThat(through.state()).isEqualTo(Run.State.FINISHED);
        assertThat(through.checked()).isEqualTo(2_002).isEqualTo(through.accounts());
        assertThat(through.drifted()).isOne();
        assertThat(through.moving()).isZero();
        assertThat(got(metering.bean(DriftRecord.class).of(begun.id(), 0, 10).collectList()))
                .extracting(RecordedDrift::drift)
                .containsExactly(new Drift(drifted, Drift.Kind.STATE, "ACTIVE", "FROZEN"))
                .doesNotContain(new Drift(sound, Drift.Kind.STATE, "ACTIVE", "FROZEN"));
    }

    @Test
    void goesOnWhereAGatewayDied() {
        Run begun = started();
        Run first = got(runs.claim("dead", Duration.ofMillis(1)));
        List<AccountId> page = got(runs.next(first, 700).collectList());
        Run noted = got(runs.advance(
                first, "dead", Duration.ofMillis(1), page.getLast(), new Findings(page.size(), 0, List.of())));

        reconciliation(AT_ONCE, NOON).turn().block();

        Run through = run(begun.id());
        assertThat(through.state()).isEqualTo(Run.State.FINISHED);
        assertThat(through.checked()).isEqualTo(2_000);
        assertThat(through.resumed()).isOne();
        assertThat(runs.advance(noted, "dead", LEASE, page.getLast(), new Findings(1, 0, List.of()))
                        .blockOptional())
                .isEmpty();
    }

    @Test
    void isLeftToWhoWorksOnIt() {
        started();
        got(runs.claim("another", LEASE));

        reconciliation(AT_ONCE, NOON).turn().block();

        assertThat(got(runs.all(0, 1).next()).checked()).isZero();
        assertThat(runs.claim("a third", LEASE).blockOptional()).isEmpty();
    }

    @Test
    void runsOneAtATime() {
        Run begun = started();

        assertThat(got(runs.start())).isEqualTo(new StillRunning(begun));
        assertThat(runs.startNightly(LocalDate.of(2030, 1, 1)).blockOptional()).isEmpty();
    }

    @Test
    void runsOnceANight() {
        Plan nightly = new Plan(500, Duration.ofSeconds(30), LEASE, LocalTime.of(3, 0));

        reconciliation(nightly, "2030-01-01T02:59:59Z").turn().block();
        assertThat(runs.all(0, 10).count().block()).isZero();
        reconciliation(nightly, "2030-01-01T03:00:00Z").turn().block();
        reconciliation(nightly, "2030-01-01T03:10:00Z").turn().block();
        reconciliation(nightly, "2030-01-01T12:00:00Z").turn().block();
        reconciliation(nightly, "2030-01-02T03:00:00Z").turn().block();

        assertThat(got(runs.all(0, 10).collectList())).hasSize(2).allSatisfy(run -> {
            assertThat(run.cause()).isEqualTo(Run.Cause.NIGHTLY);
            assertThat(run.state()).isEqualTo(Run.State.FINISHED);
        });
    }

    private AccountId used() {
        AccountId account = metering.open();
        metering.give(account, Credits.of(5), null);
        got(metering.call(account, 1_000, 700));
        metering.flushAll();
        return account;
    }

    private Run started() {
        return ((Started) got(runs.start())).run();
    }

    private Run run(long id) {
        return got(runs.find(id));
    }

    private FullReconciliation reconciliation(Plan plan, String now) {
        return new FullReconciliation(
                runs,
                metering.bean(Reconciler.class),
                new ReconciliationMeter(new SimpleMeterRegistry(), new BookedLately(1)),
                plan,
                () -> Instant.parse(now));
    }

    private void change(String sql) {
        got(metering.book().owner().sql(sql).fetch().rowsUpdated());
    }
}

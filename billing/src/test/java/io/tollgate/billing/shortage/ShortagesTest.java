package io.tollgate.billing.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.shortage.Shortage.Reason;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class ShortagesTest {

    private static final int ACCOUNTS_MAX = 3;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Listening listening = new Listening("listening", Mono.empty());

    private record Listening(String name, Mono<Void> answer, List<Shortage> heard) implements ShortageListener {

        Listening(String name, Mono<Void> answer) {
            this(name, answer, new CopyOnWriteArrayList<>());
        }

        @Override
        public Mono<Void> refused(Shortage shortage) {
            heard.add(shortage);
            return answer;
        }
    }

    @Nested
    class Reporting {

        @Test
        void tellsAnAccountOnceHoweverManyCallsWereRefused() {
            Shortages shortages = shortages(listening);
            Flux.range(0, 1_000)
                    .parallel(4)
                    .runOn(Schedulers.parallel())
                    .doOnNext(_ -> shortages.report(of("acc", Reason.INSUFFICIENT_CREDIT)))
                    .sequential()
                    .blockLast();

            shortages.tell().block();
            shortages.tell().block();

            assertThat(listening.heard()).containsExactly(of("acc", Reason.INSUFFICIENT_CREDIT));
            assertThat(meters.counter("tollgate.shortage.reported", "reason", "insufficient_credit")
                            .count())
                    .isEqualTo(1_000);
        }

        @Test
        void keepsTheGravestReason() {
            Shortages shortages = shortages(listening);
            shortages.report(of("acc", Reason.CREDIT_IN_USE));
            shortages.report(of("acc", Reason.INSUFFICIENT_CREDIT));
            shortages.report(of("acc", Reason.CALL_EXCEEDS_CREDIT));

            shortages.tell().block();

            assertThat(listening.heard()).containsExactly(of("acc", Reason.INSUFFICIENT_CREDIT));
        }

        @Test
        void forgetsAndCountsWhatIsBeyondTheBound() {
            Shortages shortages = shortages(listening);
            for (int i = 0; i < ACCOUNTS_MAX + 2; i++) {
                shortages.report(of("acc" + i, Reason.INSUFFICIENT_CREDIT));
            }
            shortages.report(of("acc0", Reason.INSUFFICIENT_CREDIT));

            assertThat(meters.get("tollgate.shortage.waiting").gauge().value()).isEqualTo(ACCOUNTS_MAX);
            assertThat(meters.counter("tollgate.shortage.dropped").count()).isEqualTo(2);
            shortages.tell().block();
            assertThat(listening.heard()).hasSize(ACCOUNTS_MAX);
            assertThat(meters.get("tollgate.shortage.waiting").gauge().value()).isZero();
        }

        @Test
        void keepsNothingWhereNobodyListens() {
            Shortages shortages = shortages();
            shortages.report(of("acc", Reason.INSUFFICIENT_CREDIT));

            assertThat(meters.get("tollgate.shortage.waiting").gauge().value()).isZero();
        }
    }

    @Nested
    class Telling {

        @Test
        void goesOnToTheNextWhereAListenerFailsOrHangs() {
            Listening failing = new Listening("failing", Mono.error(new IllegalStateException("no")));
            Listening hanging = new Listening("hanging", Mono.never());
            Shortages shortages = shortages(failing, hanging, listening);
            shortages.report(of("acc", Reason.INSUFFICIENT_CREDIT));

            shortages.tell().block();

            assertThat(listening.heard()).hasSize(1);
            assertThat(told("failing", "failed")).isEqualTo(1);
            assertThat(told("hanging", "failed")).isEqualTo(1);
            assertThat(told("listening", "told")).isEqualTo(1);
        }

        @Test
        void isRepeatedForWhatIsReportedMeanwhile() {
            Sinks.Empty<Void> answer = Sinks.empty();
            Listening slow = new Listening("slow", answer.asMono());
            Shortages shortages = shortages(slow);
            shortages.report(of("acc", Reason.INSUFFICIENT_CREDIT));
            Mono<Void> turn = shortages.tell().cache();
            turn.subscribe();

            shortages.report(of("acc", Reason.INSUFFICIENT_CREDIT));
            answer.tryEmitEmpty();
            turn.block();
            shortages.tell().block();

            assertThat(slow.heard()).hasSize(2);
        }
    }

    private double told(String listener, String outcome) {
        return meters.counter("tollgate.shortage.told", "listener", listener, "outcome", outcome)
                .count();
    }

    private Shortages shortages(ShortageListener... listeners) {
        return new Shortages(List.of(listeners), new ShortageSettings(ACCOUNTS_MAX, 2, Duration.ofMillis(200)), meters);
    }

    private static Shortage of(String account, Reason reason) {
        return new Shortage(new AccountId(account), reason, Credits.ofMicros(600), 115);
    }
}

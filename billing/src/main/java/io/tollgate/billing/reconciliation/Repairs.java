package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.Finding.Remedy;
import io.tollgate.billing.reconciliation.RecordedFinding.State;
import io.tollgate.billing.webhook.StoredEvents;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Has differences put right: an event about the object goes into the inbox, and the handlers that would have handled the lost one
 * append what is missing, once. Nothing here writes credit.
 */
public final class Repairs {

    /**
     * What is repaired without being asked for.
     *
     * @param kinds those where a repair does what should have been done anyway
     * @param attempts how often at most; an operator may go on
     * @param batch the most in one turn
     */
    public record Automatic(Set<Kind> kinds, int attempts, int batch) {
        public Automatic {
            kinds = Set.copyOf(kinds);
            if (attempts < 0 || batch < 1) {
                throw new IllegalArgumentException("repairs are tried 0 times or more, at least one in a turn");
            }
        }
    }

    /** What became of a request to repair. */
    public sealed interface RepairResult {
        /** The event is in the inbox, now or before. */
        record Begun(RecordedFinding finding) implements RepairResult {}

        /** It is closed. */
        record NotOpen(RecordedFinding finding) implements RepairResult {}

        /** Nothing that could be replayed would put it right: somebody has to decide. */
        record NoRemedy(RecordedFinding finding) implements RepairResult {}

        /** Stripe no longer has the event; whatever it was about is found by the other comparisons. */
        record EventGone(RecordedFinding finding) implements RepairResult {}

        record Unknown() implements RepairResult {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

    private final Findings findings;
    private final PublishedEvents published;
    private final StoredEvents inbox;
    private final Automatic automatic;
    private final StripeReconciliationMeter meter;

    public Repairs(
            Findings findings,
            PublishedEvents published,
            StoredEvents inbox,
            Automatic automatic,
            StripeReconciliationMeter meter) {
        this.findings = findings;
        this.published = published;
        this.inbox = inbox;
        this.automatic = automatic;
        this.meter = meter;
    }

    /** Begins the repair of a finding. However often it is asked for, the effect is that of once. */
    public Mono<RepairResult> repair(long number) {
        return findings.find(number).flatMap(this::repair).defaultIfEmpty(new RepairResult.Unknown());
    }

    /** One turn: looks how repairs went, and begins those that need no operator. */
    public Mono<Void> tend() {
        return findings.conclude()
                .thenMany(
                        automatic.kinds().isEmpty()
                                ? Mono.empty()
                                : findings.repairable(automatic.kinds(), automatic.attempts(), automatic.batch()))
                .concatMap(this::repairOrTell)
                .then(findings.standing())
                .doOnNext(meter::standing)
                .then();
    }

    private Mono<RepairResult> repair(RecordedFinding found) {
        Remedy remedy = found.finding().remedy();
        if (found.state() == State.REPAIRING) {
            return Mono.just(new RepairResult.Begun(found));
        }
        if (found.state() != State.OPEN) {
            return Mono.just(new RepairResult.NotOpen(found));
        }
        if (remedy == null) {
            return Mono.just(new RepairResult.NoRemedy(found));
        }
        return found.finding().kind() == Kind.MISSED_EVENT ? fetch(found) : ask(found, remedy);
    }

    private Mono<RepairResult> fetch(RecordedFinding found) {
        return published
                .find(found.finding().object())
                .flatMap(event -> inbox.store(event.id(), event.type(), event.objectId(), event.bytes())
                        .then(begun(found, event.id())))
                .defaultIfEmpty(new RepairResult.EventGone(found));
    }

    // Stripe never said it; the handlers look at the object, not at the event.
    private Mono<RepairResult> ask(RecordedFinding found, Remedy remedy) {
        String event = found.nextEvent();
        String body = "{\"id\":\"" + event + "\",\"object\":\"event\",\"type\":\"" + remedy.eventType()
                + "\",\"data\":{\"object\":{\"id\":\"" + remedy.object() + "\"}}}";
        return inbox.store(event, remedy.eventType(), remedy.object(), body.getBytes(StandardCharsets.UTF_8))
                .then(begun(found, event));
    }

    private Mono<RepairResult> begun(RecordedFinding found, String event) {
        return findings.repairing(found.number(), event)
                .doOnNext(noted -> meter.repairing(noted, event))
                .<RepairResult>map(RepairResult.Begun::new)
                .switchIfEmpty(Mono.defer(() -> findings.find(found.number()).flatMap(this::raced)));
    }

    // Somebody else was faster: what they came to is the answer.
    private Mono<RepairResult> raced(RecordedFinding now) {
        return Mono.just(now.state() == State.REPAIRING ? new RepairResult.Begun(now) : new RepairResult.NotOpen(now));
    }

    // One finding's failure must not keep the others waiting; it stays open and is tried again.
    private Mono<RepairResult> repairOrTell(RecordedFinding found) {
        return repair(found).onErrorResume(failure -> {
            LOG.atWarn()
                    .addKeyValue("finding", found.number())
                    .addKeyValue("reason", failure)
                    .log("stripe_repair_failed");
            return Mono.empty();
        });
    }
}

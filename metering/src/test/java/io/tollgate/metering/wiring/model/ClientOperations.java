package io.tollgate.metering.wiring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.PartitionFlusher;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEvent.Kind;
import io.tollgate.metering.wiring.model.Coverage.Happening;
import io.tollgate.metering.wiring.model.Told.Fact;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What the calls of clients do: hold, raise, end, again and too late. As long as nothing was lost every answer is the model's;
 * what the answers promise is noted in either case, and must be in the book at the end.
 */
final class ClientOperations {

    private static final long MINUTE = 60_000;
    private static final Comparator<HoldId> BY_TEXT = Comparator.comparing(HoldId::toString);

    private final Scene scene;

    ClientOperations(Scene scene) {
        this.scene = scene;
    }

    void hold(Wallet wallet) {
        HoldId id = scene.holdBornAt(
                scene.clock.nowMillis() - (scene.oneIn(60) ? 44 * MINUTE + scene.random.nextInt(120_000) : 0));
        hold(wallet, id, 1 + scene.random.nextInt(scene.oneIn(10) ? 400_000 : 20_000));
    }

    /** Raises one that is open, or asks again for one that is not. */
    void raise(Wallet wallet) {
        if (wallet.recent.isEmpty()) {
            return;
        }
        HoldId id = scene.oneOf(wallet.recent);
        // A gateway never asks again for a hold that it knows has ended; here it does as long as the tombstone is
        // there.
        boolean isBuried = !scene.isDisturbed(wallet) && scene.model.hasEnded(wallet.id, id);
        if (isBuried || !scene.share(wallet).told.hasEnded(id)) {
            hold(wallet, id, 1 + scene.random.nextInt(40_000));
        }
    }

    private void hold(Wallet wallet, HoldId id, long total) {
        Duration ttl = Duration.ofMillis(1_000 + scene.random.nextInt(scene.oneIn(4) ? 900_000 : 60_000));
        HoldRequest request = new HoldRequest(wallet.id, id, Credits.ofMicros(total), ttl);
        Gateway gateway = scene.gateway();
        HoldResult answer =
                answer(wallet, gateway, gateway.bean(Reservations.class).hold(request));
        wallet.note(gateway.number + ": " + request + " -> " + answer);
        if (!scene.isDisturbed(wallet)) {
            scene.inPlace(wallet);
            assertThat(answer)
                    .as("%s at %s", request, wallet)
                    .isEqualTo(Gateway.value(scene.model.reservations().hold(request)));
        }
        switch (answer) {
            case HoldResult.Held(Credits held, var after) -> {
                boolean isNew =
                        wallet.open.put(id, new Wallet.Open(held.micros(), scene.clock.nowMillis() + ttl.toMillis()))
                                == null;
                if (isNew) {
                    wallet.remember(id);
                }
                scene.coverage.count(isNew ? Happening.HELD : Happening.RAISED);
            }
            case HoldResult.Refused _ -> scene.coverage.count(Happening.REFUSED);
            case HoldResult.NotActive _ -> scene.coverage.count(Happening.NOT_ACTIVE);
            case HoldResult.Ended _ -> scene.coverage.count(Happening.ENDED_BEFORE);
            case HoldResult.TooManyHolds _ -> scene.coverage.count(Happening.TOO_MANY_HOLDS);
            case HoldResult.NoSuchAccount _ -> throw new AssertionError("no account " + wallet);
        }
    }

    void settle(Wallet wallet) {
        HoldId id = someHold(wallet);
        if (scene.standby != null && scene.clock.nowMillis() - id.bornAtMillis() > 35 * MINUTE) {
            return; // it might become a late charge, which is a command
        }
        Wallet.Open open = wallet.open.get(id);
        long held = open == null ? 5_000 : open.total();
        long actual = switch (scene.random.nextInt(8)) {
            case 0 -> held;
            case 1, 2 -> held + scene.random.nextInt(10_000);
            case 3 -> 0;
            default -> scene.random.nextLong(held + 1);
        };
        scene.coverage.count(Happening.SETTLED_BEYOND_THE_HOLD, open != null && actual > held ? 1 : 0);
        Overage overage = scene.oneIn(3) ? Overage.CUT : Overage.DEBT;
        Ending.Settle settle = new Ending.Settle(Credits.ofMicros(actual), overage, detail());
        Ending.Settle before = wallet.settles.putIfAbsent(id, settle);
        Fact known = scene.share(wallet).told.charge(id);
        // A gateway sends again what it sent before, and would after a loss; what is booked no other amount can change.
        boolean mayDiffer = known != null && known.booked && !scene.isDisturbed(wallet);
        end(wallet, id, before == null || (mayDiffer && scene.oneIn(4)) ? settle : before);
    }

    private UsageDetail detail() {
        int kind = scene.random.nextInt(4);
        return new UsageDetail(
                "key-" + kind % 2,
                "route-" + kind / 2,
                kind == 3 ? "" : "model",
                UsageDetail.Outcome.COMPLETED,
                TokenUsage.of(1 + kind, 10),
                UsageDetail.CountedBy.UPSTREAM);
    }

    void release(Wallet wallet) {
        end(wallet, someHold(wallet), new Ending.Release(detail()));
    }

    void expire(Wallet wallet) {
        end(wallet, someHold(wallet), new Ending.Expire());
    }

    /** Mostly one that is open. */
    private HoldId someHold(Wallet wallet) {
        if (!wallet.open.isEmpty() && !scene.oneIn(6)) {
            return scene.oneOf(wallet.open.keySet().stream().sorted(BY_TEXT).toList());
        }
        return wallet.recent.isEmpty() || scene.oneIn(60)
                ? scene.holdBornAt(scene.clock.nowMillis())
                : scene.oneOf(wallet.recent);
    }

    private void end(Wallet wallet, HoldId id, Ending ending) {
        Gateway gateway = scene.gateway();
        EndResult answer =
                answer(wallet, gateway, gateway.bean(Reservations.class).end(wallet.id, id, ending));
        wallet.note(gateway.number + ": end " + id + " " + ending + " -> " + answer);
        if (!scene.isDisturbed(wallet)) {
            scene.inPlace(wallet);
            assertAsExpected(wallet, id, ending, answer);
        }
        switch (answer) {
            case EndResult.Settled settled -> settled(wallet, gateway, id, settled);
            case EndResult.Returned _ -> returned(wallet, id, ending);
            case EndResult.TooLate _ -> chargeLate(wallet, gateway, id, (Ending.Settle) ending);
            case EndResult.NotDue _, EndResult.NoSuchHold _ -> {}
            case EndResult.NoSuchAccount _ -> throw new AssertionError("no account " + wallet);
        }
    }

    // Redis does not know how the hold ended, or knows it from before a loss: what the book says stands, and nothing is
    // charged.
    private void assertAsExpected(Wallet wallet, HoldId id, Ending ending, EndResult answer) {
        Fact known = scene.share(wallet).told.charge(id);
        boolean isLost = ending instanceof Ending.Settle
                && (wallet.returnedBefore.contains(id) || scene.model.isUnknownAndYoung(wallet.id, id));
        if (isLost && known != null) {
            scene.coverage.count(Happening.LOST_AND_BOOKED);
            assertThat(answer)
                    .as("%s of %s, which has ended: %s", ending, id, known)
                    .isInstanceOf(EndResult.Settled.class);
            assertThat(((EndResult.Settled) answer).charged().micros()).isEqualTo(known.charged);
            return;
        }
        scene.coverage.count(Happening.LOST_AND_CHARGED, isLost ? 1 : 0);
        assertThat(answer)
                .as("%s of %s at %s", ending, id, wallet)
                .isEqualTo(Gateway.value(scene.model.reservations().end(wallet.id, id, ending)));
    }

    private void settled(Wallet wallet, Gateway gateway, HoldId id, EndResult.Settled settled) {
        Told told = scene.share(wallet).told;
        wallet.open.remove(id);
        Fact before = told.charge(id);
        if (before == null) {
            scene.coverage.count(Happening.SETTLED_AFTER_RETURN, told.hasEnded(id) ? 1 : 0);
            before = told.tell(
                    wallet.id,
                    id,
                    Kind.SETTLED,
                    settled.charged().micros(),
                    settled.uncollected().micros());
            scene.buried(wallet, id);
            scene.coverage.count(Happening.SETTLED);
            scene.coverage.count(Happening.UNCOLLECTED, settled.uncollected().isZero() ? 0 : 1);
        } else {
            scene.coverage.count(Happening.SENT_TWICE);
            if (before.sentAgain) {
                before.charged = settled.charged().micros();
                before.uncollected = settled.uncollected().micros();
            }
        }
        if (!scene.isDisturbed(wallet)) {
            assertThat(settled.charged().micros()).as("charge of %s", before).isEqualTo(before.charged);
        }
        if (!before.booked) {
            before.keptBy.add(gateway.number);
        }
    }

    private void returned(Wallet wallet, HoldId id, Ending ending) {
        // After a loss one that was open again, as far as clients know, may have been buried: it has ended by the book.
        // One whose
        // settle is lost and still to be sent again was really open, and has this end too.
        if (wallet.open.remove(id) == null || scene.share(wallet).told.cannotReturn(id)) {
            scene.coverage.count(Happening.SENT_TWICE);
            return;
        }
        boolean isExpiry = ending instanceof Ending.Expire;
        scene.share(wallet).told.tell(wallet.id, id, isExpiry ? Kind.EXPIRED : Kind.RELEASED, 0, 0);
        scene.buried(wallet, id);
        scene.coverage.count(isExpiry ? Happening.EXPIRED : Happening.RELEASED);
    }

    /** As a gateway does it. Once the charge is in the book nothing is issued. */
    private void chargeLate(Wallet wallet, Gateway gateway, HoldId id, Ending.Settle settle) {
        scene.coverage.count(Happening.TOO_LATE);
        Told told = scene.share(wallet).told;
        Command late = new Command.LateCharge(
                id.toString(), settle.actual(), settle.detail().encode());
        Gateway.end(gateway.bean(PartitionFlusher.class).flush(wallet.partition));
        IssuedCommand issued = scene.does(gateway, gateway.bean(Commands.class).issue(wallet.id, id.toString(), late));
        if (scene.isDisturbed(wallet)) {
            scene.learnLateCharges(wallet);
        }
        Fact settled = told.charge(id);
        if (issued == null) {
            assertThat(settled).as("a charge that the book has of %s", id).isNotNull();
            return;
        }
        if (issued.number() > wallet.issued.size()) {
            if (settled != null) { // which learning has not noted as charged late
                assertThat(settled.sentAgain).as("charged twice: %s", settled).isTrue();
                told.forget(settled);
            }
            wallet.issued.add(issued);
            told.tell(wallet.id, id, Kind.CHARGED, settle.actual().micros(), 0);
            scene.coverage.count(Happening.CHARGED_LATE);
        }
        scene.push(gateway, wallet, issued);
    }

    private <T> T answer(Wallet wallet, Gateway gateway, Mono<T> call) {
        @Nullable T answer = scene.doesTo(wallet, gateway, call);
        if (answer == null) {
            throw new AssertionError("a call completed without an answer");
        }
        return answer;
    }
}

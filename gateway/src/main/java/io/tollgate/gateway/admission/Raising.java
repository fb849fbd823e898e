package io.tollgate.gateway.admission;

import io.tollgate.gateway.dialect.ChatRequest;
import io.tollgate.gateway.routing.Route.WhenRedisIsDown;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenPrice;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import java.util.concurrent.Executor;

/**
 * The growth of one hold while its stream runs. All of it happens on the call's event loop.
 *
 * <p>When what has been delivered comes near to what the hold covers, it is raised by a slice, to an absolute total: raises and renewals, sent twice or in
 * any order, never undo each other, and a hold that the live store has lost is thereby held again, whole. One raise is under way at a time. If the credit
 * is too short, what is left of it is held, and the rest asked for again at half of the remaining way, and so on: meanwhile other calls may have ended, or
 * somebody may have paid. When nothing is left of the way, a route with {@code overage: cut} cuts; under {@code debt} the stream goes on.
 *
 * <p>While the live store is away the stream goes on too, under {@code cut} for at most a slice beyond what is held, unless the
 * route trusts its callers then.
 */
final class Raising {

    private static final long NEVER = Long.MAX_VALUE;

    private final OpenHold hold;
    private final Settlements settlements;
    private final TokenPrice price;
    private final long slice;
    private final long margin;
    private final long outputMax;

    private long covered;
    private long delivered;
    private long next;
    private boolean exhausted;

    /** What is being asked for. */
    private enum Step {
        A_SLICE,
        THE_REST,
        /** Whether the hold is there at all: less than the rest can be refused only if it is not. */
        WHAT_WAS_HELD
    }

    private record Asked(Step step, long output, Executor loop, Runnable creditGone) {}

    Raising(OpenHold hold, Settlements settlements, int raiseWhenLeft) {
        this.hold = hold;
        this.settlements = settlements;
        MeteredCall call = hold.call();
        ChatRequest request = call.request();
        price = call.model().price();
        slice = (long) call.route().defaultOutputTokens() * request.choices();
        margin = Math.max(1, slice * raiseWhenLeft / 100);
        covered = hold.estimate().outputTokens();
        outputMax = request.outputCap() == null ? call.model().outputMax() * request.choices() : covered;
        next = price.dearestOutput() == 0 ? NEVER : whenNearlyUsedUp();
    }

    void delivered(long output, Executor loop, Runnable creditGone) {
        delivered = output;
        if (output < next) {
            return;
        }
        if (exhausted && output >= covered && cuts()) {
            cut(creditGone);
            return;
        }
        long base = Math.max(covered, output);
        long wanted = base < outputMax ? Math.min(outputMax, base + slice) : base + slice;
        ask(new Asked(Step.A_SLICE, wanted, loop, creditGone));
    }

    private void ask(Asked asked) {
        next = NEVER;
        HoldRequest held = hold.request();
        Credits total = asked.step == Step.WHAT_WAS_HELD
                ? held.total()
                : hold.estimate().ceiling(price, asked.output);
        settlements.raise(
                new HoldRequest(held.account(), held.id(), total, held.ttl()),
                result -> asked.loop.execute(() -> answered(asked, result)),
                _ -> asked.loop.execute(() -> failed(asked)));
    }

    /** An answer to a raise that the end of its call has overtaken changes nothing: the hold has ended, whatever its total. */
    private void answered(Asked asked, HoldResult result) {
        if (hold.hasEnded()) {
            return;
        }
        switch (result) {
            case HoldResult.Held(var total, var after) -> held(asked, total, after);
            case HoldResult.Refused(var balance) -> refused(asked, balance);
            case HoldResult.NotActive _ -> exhaustedOrLost(asked);
            case HoldResult.TooManyHolds _, HoldResult.Ended _, HoldResult.NoSuchAccount _ -> cut(asked.creditGone);
        }
    }

    private void held(Asked asked, Credits total, Balance after) {
        hold.held(total, after);
        covered = Math.max(covered, asked.output);
        exhausted = asked.step != Step.A_SLICE;
        next = exhausted ? halfOfTheWay() : whenNearlyUsedUp();
        delivered(delivered, asked.loop, asked.creditGone);
    }

    private void refused(Asked asked, Balance balance) {
        if (asked.step == Step.A_SLICE) {
            long rest =
                    hold.estimate().affordableOutput(price, plus(hold.request().total(), balance.spendable()));
            if (rest > covered) {
                ask(new Asked(Step.THE_REST, Math.min(rest, asked.output), asked.loop, asked.creditGone));
            } else {
                exhaustedOrLost(asked);
            }
        } else if (asked.step == Step.THE_REST) {
            ask(new Asked(Step.WHAT_WAS_HELD, covered, asked.loop, asked.creditGone));
        } else {
            cut(asked.creditGone);
        }
    }

    private void exhaustedOrLost(Asked asked) {
        if (asked.step == Step.WHAT_WAS_HELD) {
            cut(asked.creditGone);
            return;
        }
        exhausted = true;
        next = halfOfTheWay();
        if (delivered >= covered && cuts()) {
            cut(asked.creditGone);
        }
    }

    private void failed(Asked asked) {
        if (hold.hasEnded()) {
            return;
        }
        if (cuts() && !onTrust() && delivered >= covered + slice) {
            cut(asked.creditGone);
        } else {
            next = delivered + margin;
        }
    }

    private void cut(Runnable creditGone) {
        next = NEVER;
        creditGone.run();
    }

    private boolean cuts() {
        return hold.call().route().overage() == Overage.CUT;
    }

    /** Where calls may begin without a hold, they may go on without one. */
    private boolean onTrust() {
        return hold.call().route().whenRedisIsDown() == WhenRedisIsDown.ALLOW;
    }

    /** What is held for all that the upstream may write is raised only if it writes more. */
    private long whenNearlyUsedUp() {
        return covered >= outputMax ? covered + 1 : covered - margin;
    }

    private long halfOfTheWay() {
        long left = covered - delivered;
        if (left > 0) {
            return delivered + Math.ceilDiv(left, 2);
        }
        return cuts() ? delivered : delivered + margin;
    }

    private static Credits plus(Credits held, Credits more) {
        return more.exceeds(Credits.MAX.minus(held)) ? Credits.MAX : held.plus(more);
    }
}

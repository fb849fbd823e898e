package io.tollgate.metering.wiring.model;

import java.util.ArrayDeque;
import java.util.Deque;

/** One run: operation after operation as chance has it, each followed by a comparison. */
final class Run implements AutoCloseable {

    private static final int WHOLE_EVERY = 1_000;
    private static final int BOOK_COPIED_EVERY = 12_000;
    private static final int LAST = 40;

    private final Scene scene;
    private final ClientOperations clients;
    private final CommandOperations commands;
    private final UpkeepOperations upkeep;
    private final Misfortunes misfortunes;
    private final WholeComparison comparison;
    private final Deque<String> last = new ArrayDeque<>();

    Run(long seed, Coverage coverage) {
        scene = new Scene(seed, coverage);
        clients = new ClientOperations(scene);
        commands = new CommandOperations(scene);
        upkeep = new UpkeepOperations(scene);
        comparison = new WholeComparison(scene);
        misfortunes = new Misfortunes(scene, comparison);
        scene.wallets.forEach(commands::grant);
    }

    void operate(long operations) {
        for (scene.step = 1; scene.step <= operations; scene.step++) {
            Wallet wallet = scene.wallet();
            String what = "";
            try {
                what = once(wallet);
                remember(wallet + ": " + what);
                scene.compare(wallet, what);
                misfortunes.goOn();
                if (scene.step % BOOK_COPIED_EVERY == BOOK_COPIED_EVERY / 3) {
                    misfortunes.makeUpForAll();
                    misfortunes.copyTheBook();
                }
                if (scene.step % WHOLE_EVERY == 0 || scene.step == operations) {
                    misfortunes.makeUpForAll();
                    comparison.compareAll();
                    if (scene.step % (10 * WHOLE_EVERY) == 0 || scene.step == operations) {
                        comparison.compareBooks();
                    }
                }
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "seed " + scene.seed + ", step " + scene.step + ", " + what + " of " + wallet
                                + "\nreplay with -Dseed=" + scene.seed + " -Doperations=" + operations
                                + "\nall last:\n  " + String.join("\n  ", last)
                                + "\n" + scene.describe(wallet) + "\n" + failure.getMessage(),
                        failure);
            }
        }
    }

    private String once(Wallet wallet) {
        int at = scene.random.nextInt(10_000);
        for (Kind kind : Kind.values()) {
            at -= kind.weight;
            if (at < 0) {
                perform(kind, wallet);
                return kind.name();
            }
        }
        clients.hold(wallet);
        return "HOLD";
    }

    /** How often in ten thousand; the rest are new holds. */
    private enum Kind {
        RAISE(800),
        SETTLE(2_900),
        RELEASE(500),
        EXPIRE(500),
        CLOCK(1_500),
        GRANT(220, true),
        CLAW_BACK(60, true),
        REPLACE_ALLOWANCE(60, true),
        END_ALLOWANCES(20, true),
        FREEZE(20, true),
        THAW(100, true),
        CLOSE(2, true),
        PUSH_AGAIN(60),
        DELIVER(15),
        FLUSH(25),
        FLUSH_OWN(25),
        KEPT(15),
        EXPIRE_LOTS(60),
        SWEEP(150),
        EVICT(80),
        SEED_LATE(30),
        TRIM(4, true),
        IMAGE(30),
        KILL_GATEWAY(1),
        LOSE_REDIS(12);

        private final int weight;

        /** Whether it changes the book in a way that only the book could tell of, or takes from the streams. */
        private final boolean issues;

        Kind(int weight) {
            this(weight, false);
        }

        Kind(int weight, boolean issues) {
            this.weight = weight;
            this.issues = issues;
        }
    }

    private void perform(Kind kind, Wallet wallet) {
        if (scene.standby != null && kind.issues) {
            return;
        }
        switch (kind) {
            case RAISE -> clients.raise(wallet);
            case SETTLE -> clients.settle(wallet);
            case RELEASE -> clients.release(wallet);
            case EXPIRE -> clients.expire(wallet);
            case CLOCK -> upkeep.stepClock(wallet);
            case GRANT -> commands.grant(wallet);
            case CLAW_BACK -> commands.clawBack(wallet);
            case REPLACE_ALLOWANCE -> commands.replaceAllowance(wallet);
            case END_ALLOWANCES -> commands.endAllowances(wallet);
            case FREEZE -> commands.freeze(wallet);
            case THAW -> commands.thaw(wallet);
            case CLOSE -> {
                commands.close(wallet);
                scene.wallets.set(scene.wallets.indexOf(wallet), scene.open());
            }
            case PUSH_AGAIN -> commands.pushAgain(wallet);
            case DELIVER -> commands.deliverWaiting();
            case FLUSH -> upkeep.flush();
            case FLUSH_OWN -> upkeep.flushOwn();
            case KEPT -> upkeep.lookAfterKept();
            case EXPIRE_LOTS -> upkeep.expireLots(wallet);
            case SWEEP -> upkeep.sweepHolds();
            case EVICT -> upkeep.evict(wallet);
            case SEED_LATE -> upkeep.seedLate();
            case TRIM -> upkeep.trim();
            case IMAGE -> misfortunes.keepAnImage();
            case KILL_GATEWAY -> misfortunes.killGateway();
            case LOSE_REDIS -> misfortunes.loseRedis();
        }
    }

    private void remember(String line) {
        if (last.size() == LAST) {
            last.removeFirst();
        }
        last.addLast(line);
    }

    @Override
    public void close() {
        scene.close();
    }
}

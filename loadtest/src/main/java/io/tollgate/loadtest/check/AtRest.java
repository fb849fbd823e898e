package io.tollgate.loadtest.check;

import io.tollgate.loadtest.check.Evidence.Position;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A call's end is off its client's path, and so is the flush: waits for both, but not for ever. */
final class AtRest {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private AtRest() {}

    /** Where the accounts stand once they have come to rest, or else when patience ends. */
    static List<Position> await(Witnesses witnesses, Collection<String> accounts, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Position> positions = witnesses.accounts(accounts);
        while (!positions.stream().allMatch(Position::isAtRest) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            positions = witnesses.accounts(accounts);
        }
        return positions;
    }
}

package io.tollgate.loadtest.check;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tollgate.loadtest.check.Evidence.Booked;
import io.tollgate.loadtest.check.Evidence.Charge;
import io.tollgate.loadtest.check.Evidence.Delivery;
import io.tollgate.loadtest.check.Evidence.Live;
import io.tollgate.loadtest.check.Evidence.Position;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TotalsCheckTest {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private final List<Position> positions = new ArrayList<>();
    private final Map<String, Long> costs = Map.of("a", 30L, "b", 0L);
    private final Set<String> unknown = Set.of("c");

    TotalsCheckTest() {
        positions.add(position("a", 30, 70, 0));
        positions.add(position("b", 0, 100, 0));
        positions.add(position("c", 17, 83, 0));
    }

    @Test
    void passesBooksThatSayWhatTheAnswersCost() {
        assertThatNoException().isThrownBy(this::check);
    }

    @Test
    void findsAnAccountThatWasChargedForMoreThanItsAnswers() {
        positions.set(0, position("a", 31, 69, 0));

        refused("spent = cost of all answers: 1 offences");
    }

    @Test
    void findsAnAccountThatWasChargedForLess() {
        positions.set(0, position("a", 29, 71, 0));

        refused("spent = cost of all answers: 1 offences");
    }

    @Test
    void findsAHoldLeftBehindWhateverTheCallsCost() {
        positions.set(2, position("c", 17, 83, 5));

        refused("held = 0: 1 offences");
    }

    @Test
    void findsAnAccountThatIsGone() {
        positions.removeLast();

        refused("not conserved");
    }

    private void refused(String why) {
        assertThatExceptionOfType(NotConservedException.class)
                .isThrownBy(this::check)
                .withMessageContaining(why);
    }

    private void check() {
        new TotalsCheck(new Told(positions), Duration.ZERO).demand(costs, unknown, NOWHERE);
    }

    private static Position position(String account, long spent, long posted, long held) {
        return new Position(account, new Booked(100, spent, 0, 0, posted), new Live(posted, held));
    }

    private record Told(List<Position> positions) implements Witnesses {
        @Override
        public List<Position> accounts(Collection<String> accounts) {
            return positions;
        }

        @Override
        public List<Charge> charges(Collection<String> accounts) {
            throw new AssertionError("nobody asks for single charges");
        }

        @Override
        public List<Delivery> deliveries(Collection<String> accounts, Collection<String> requestIds) {
            throw new AssertionError("nobody asks for single answers");
        }

        @Override
        public Map<String, Long> books() {
            return Map.of("CREDIT", 0L);
        }
    }
}

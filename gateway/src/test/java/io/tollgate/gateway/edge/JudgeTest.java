package io.tollgate.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.edge.FuzzInputs.Input;
import io.tollgate.gateway.edge.ToyGateway.Bug;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The inputs meet every bug that is planted, and the judge sees it; where there is none it finds none. */
class JudgeTest {

    private static final String KEY = "tg_theCallers";
    private static final String VICTIM = "tg_theVictims";
    private static final Map<String, String> ACCOUNTS = Map.of(KEY, "caller", VICTIM, "victim");
    private static final int INPUTS_WITHOUT_A_BUG = 5_000;
    private static final int INPUTS_MAX = 200_000;
    private static final int BATCH = 500;

    private final long seed = System.nanoTime();
    private final FuzzInputs inputs = new FuzzInputs(seed);
    private final Judge judge = new Judge(ACCOUNTS, ToyGateway.CREDENTIAL);

    @Test
    void findsNothingWhereNothingIsWrong() {
        ToyGateway gateway = new ToyGateway(Bug.NONE, ACCOUNTS);

        tryOut(gateway, 0, INPUTS_WITHOUT_A_BUG);

        assertThat(judge.findings()).as("seed " + seed).isEmpty();
        assertThat(gateway.seen).as("seed " + seed).hasSizeGreaterThan(INPUTS_WITHOUT_A_BUG / 10);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsWhatIsWrong(Bug bug) {
        ToyGateway gateway = new ToyGateway(bug, ACCOUNTS);

        for (int tried = 0; tried < INPUTS_MAX && judge.findings().isEmpty(); tried += BATCH) {
            tryOut(gateway, tried, BATCH);
        }

        assertThat(judge.findings()).as("seed " + seed).isNotEmpty();
    }

    private void tryOut(ToyGateway gateway, int from, int count) {
        int seenBefore = gateway.seen.size();
        for (int number = from; number < from + count; number++) {
            Input input = inputs.input(number, KEY, VICTIM);
            judge.sent(input.bytes());
            gateway.take(input.bytes());
        }
        gateway.seen.subList(seenBefore, gateway.seen.size()).forEach(seen -> judge.seen(seen, gateway.held));
    }
}

package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.api.AdminApi;
import io.tollgate.loadtest.api.LoadAccount;
import io.tollgate.loadtest.api.Target;
import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.load.Tally;
import io.tollgate.loadtest.benchmark.load.WitnessedCalls;
import io.tollgate.loadtest.benchmark.peer.Tollgate;
import io.tollgate.loadtest.benchmark.upstream.Answers;
import io.tollgate.loadtest.check.ConservationCheck;
import io.tollgate.loadtest.check.TotalsCheck;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the answers that clients of the gateway have counted must have cost, by account. */
final class Books {
    private static final long CREDITS_EACH = 1_000_000;
    private static final int WITNESSED_ACCOUNTS = 5;
    private static final int WITNESSED_CALLS = 300;

    private final Target target;
    private final List<LoadAccount> measured;
    private final List<LoadAccount> witnessed;
    private final List<LoadAccount> brokenOff;
    private final Map<String, Long> costs = new LinkedHashMap<>();

    private Books(Target target, int accounts) {
        AdminApi admin = new AdminApi(target);
        this.target = target;
        this.measured = admin.createAccountsInBulk(accounts, CREDITS_EACH);
        this.witnessed = admin.createAccountsInBulk(WITNESSED_ACCOUNTS, CREDITS_EACH);
        this.brokenOff = admin.createAccountsInBulk(accounts, CREDITS_EACH);
        measured.forEach(account -> costs.put(account.id(), 0L));
    }

    static Books open(URI gateway, URI upstream, int accounts) {
        return new Books(new Target(gateway, Tollgate.ADMIN_TOKEN, upstream), accounts);
    }

    /** Of all windows; every other peer is sent the same. */
    List<String> keys() {
        return measured.stream().map(LoadAccount::key).toList();
    }

    /** For calls that are broken off: what those cost only the gateway can say. */
    List<String> keysForBrokenOff() {
        return brokenOff.stream().map(LoadAccount::key).toList();
    }

    void enter(Form form, Tally tally) {
        long output = form == Form.PLAIN ? Answers.OUTPUT_TOKENS : Answers.STREAMED_TOKENS;
        long each = Answers.INPUT_TOKENS * Tollgate.INPUT_MICROS + output * Tollgate.OUTPUT_MICROS;
        for (int i = 0; i < measured.size(); i++) {
            costs.merge(measured.get(i).id(), tally.byKey().get(i) * each, Long::sum);
        }
    }

    /** Some calls that are looked at one by one, then the totals of all the others; throws unless all is conserved. */
    void demandBalance(URI gateway, Path directory, PrintStream out) {
        Target now = new Target(gateway, target.adminToken(), target.provider());
        Path log = directory.resolve("witnessed-calls.jsonl");
        WitnessedCalls.make(gateway, witnessed, WITNESSED_CALLS, log);
        ConservationCheck.of(now, log).demand(out);
        Set<String> unknown = brokenOff.stream().map(LoadAccount::id).collect(Collectors.toSet());
        TotalsCheck.of(now).demand(costs, unknown, out);
    }
}

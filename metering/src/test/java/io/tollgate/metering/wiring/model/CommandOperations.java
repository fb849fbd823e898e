package io.tollgate.metering.wiring.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.wiring.model.Coverage.Happening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators, payments and plans do. Every command that is issued is in the book and takes effect once, whatever is lost. */
final class CommandOperations {

    private final Scene scene;
    private long causes;

    CommandOperations(Scene scene) {
        this.scene = scene;
    }

    void grant(Wallet wallet) {
        Money paid = scene.oneIn(2) ? new Money(1 + scene.random.nextInt(5_000), scene.oneIn(3) ? "eur" : "usd") : null;
        Credits amount = Credits.ofMicros(1 + scene.random.nextInt(scene.oneIn(3) ? 4_000_000 : 300_000));
        Grant grant = new Grant(
                wallet.id, amount, Grant.Cause.OPERATOR, cause(wallet), paid, 90 + scene.random.nextInt(3), expiry());
        Gateway gateway = scene.gateway();
        GrantResult.Given given =
                (GrantResult.Given) Gateway.value(gateway.bean(Grants.class).give(grant));
        if (paid != null) {
            wallet.paidGrants.add(given.grant());
        }
        scene.coverage.count(Happening.GRANTED);
        issued(wallet, gateway, given.command());
    }

    private @Nullable Instant expiry() {
        long millis = scene.clock.nowMillis() + scene.random.nextInt(scene.oneIn(2) ? 60_000 : 7_200_000) - 1_000;
        return scene.oneIn(2) ? null : Instant.ofEpochMilli(millis);
    }

    void clawBack(Wallet wallet) {
        if (wallet.paidGrants.isEmpty()) {
            return;
        }
        List<Long> grants = new ArrayList<>(List.of(scene.oneOf(wallet.paidGrants)));
        for (long other : wallet.paidGrants.reversed()) {
            if (!grants.contains(other) && grants.size() < 4) {
                grants.add(other);
            }
        }
        Credits amount = Credits.ofMicros(1 + scene.random.nextInt(scene.oneIn(4) ? 1_000_000 : 30_000));
        issue(wallet, new Command.Clawback(grants, amount), Happening.CLAWED_BACK);
    }

    /** Starts anew or rolls over; what it does not name stays. */
    void replaceAllowance(Wallet wallet) {
        Credits amount = Credits.ofMicros(1 + scene.random.nextInt(500_000));
        Credits rollover = Credits.ofMicros(scene.oneIn(2) ? 0 : scene.random.nextInt(200_000));
        long expiresAt = scene.clock.nowMillis() + 1_000 + scene.random.nextInt(3_600_000);
        long number = recordAllowance(wallet, amount, rollover, expiresAt);
        Command.Grant allowance = new Command.Grant(number, amount, 80, expiresAt);
        List<Long> replaced = List.copyOf(wallet.allowances);
        wallet.allowances.add(number);
        if (wallet.allowances.size() > 3) {
            wallet.allowances.removeFirst();
        }
        issue(wallet, new Command.ReplaceAllowance(replaced, rollover, allowance), Happening.ALLOWANCE_REPLACED);
    }

    void endAllowances(Wallet wallet) {
        if (!wallet.allowances.isEmpty()) {
            List<Long> ended = List.copyOf(wallet.allowances);
            wallet.allowances.clear();
            issue(wallet, new Command.EndAllowances(ended), Happening.ALLOWANCES_ENDED);
        }
    }

    private long recordAllowance(Wallet wallet, Credits amount, Credits rollover, long expiresAt) {
        return scene.gateways
                .getFirst()
                .metering()
                .book()
                .number(
                        "INSERT INTO grant_record (account, amount_micros, cause, cause_id, priority, expires_at, rollover_micros)"
                                + " VALUES ('" + wallet.id + "', " + amount.micros() + ", 'ALLOWANCE', '"
                                + cause(wallet) + "', 80,"
                                + " to_timestamp(" + expiresAt + " / 1000.0), " + rollover.micros()
                                + ") RETURNING number");
    }

    void freeze(Wallet wallet) {
        issue(wallet, new Command.Freeze(), Happening.FROZEN);
    }

    void thaw(Wallet wallet) {
        issue(wallet, new Command.Thaw(), Happening.THAWED);
    }

    void close(Wallet wallet) {
        issue(wallet, new Command.Close(), Happening.CLOSED);
    }

    /** One that was issued before, lately or long ago: again, or for the first time, and maybe before those that come first. */
    void pushAgain(Wallet wallet) {
        if (!wallet.issued.isEmpty()) {
            int back = scene.random.nextInt(Math.min(wallet.issued.size(), scene.oneIn(3) ? 20 : 3));
            IssuedCommand command = wallet.issued.get(wallet.issued.size() - 1 - back);
            wallet.note("push again " + command.number());
            scene.push(scene.gateway(), wallet, command);
        }
    }

    /** What a gateway that died before the push has left to the courier. */
    void deliverWaiting() {
        Gateway gateway = scene.gateway();
        scene.does(gateway, gateway.bean(Courier.class).deliverWaiting());
        scene.afterDelivery();
    }

    private void issue(Wallet wallet, Command command, Happening happening) {
        Gateway gateway = scene.gateway();
        IssuedCommand issued =
                scene.does(gateway, gateway.bean(Commands.class).issue(wallet.id, cause(wallet), command));
        assertThat(issued).as("%s", command).isNotNull();
        scene.coverage.count(happening);
        issued(wallet, gateway, requireNonNull(issued));
    }

    private void issued(Wallet wallet, Gateway gateway, IssuedCommand command) {
        if (scene.isDisturbed(wallet)) {
            scene.learnLateCharges(wallet);
        }
        assertThat(command.number()).as("%s of %s", command, wallet).isEqualTo(wallet.issued.size() + 1);
        wallet.issued.add(command);
        wallet.note(command.toString());
        if (!scene.oneIn(5)) {
            scene.push(gateway, wallet, command);
        }
    }

    private String cause(Wallet wallet) {
        return wallet.id + ":" + ++causes;
    }
}

package io.tollgate.metering.account.redis;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountInspection.Found;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.KeptLot;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.redis.Reply;
import java.util.ArrayList;
import java.util.List;

/** Understands what {@code read.lua} and {@code inspect.lua} answer. */
final class AccountReply {

    private static final int LOT_COUNT = 6;
    private static final int LOT_SIZE = 4;

    private AccountReply() {}

    static AccountSnapshot snapshot(AccountId id, Reply reply) {
        int at = LOT_COUNT + 1;
        List<Lot> lots = new ArrayList<>();
        for (long left = reply.number(LOT_COUNT); left > 0; left--, at += LOT_SIZE) {
            lots.add(new Lot(
                    reply.number(at), credits(reply, at + 1), (int) reply.number(at + 2), reply.number(at + 3)));
        }
        List<KeptLot> kept = new ArrayList<>();
        for (long left = reply.number(at++); left > 0; left--, at += LOT_SIZE) {
            kept.add(new KeptLot(
                    reply.number(at), credits(reply, at + 1), reply.number(at + 2), credits(reply, at + 3)));
        }
        return new AccountSnapshot(
                id,
                AccountState.valueOf(reply.text(0)),
                lots,
                kept,
                reply.number(2),
                reply.number(1),
                reply.number(3),
                reply.text(1),
                BookedUpTo.NOTHING);
    }

    static Found found(AccountId id, Reply reply) {
        int end = reply.numbers();
        return new Found(
                snapshot(id, reply),
                reply.number(end - 3),
                reply.number(4),
                reply.number(5),
                credits(reply, end - 2),
                reply.number(end - 1));
    }

    private static Credits credits(Reply reply, int index) {
        return Credits.ofMicros(reply.number(index));
    }
}

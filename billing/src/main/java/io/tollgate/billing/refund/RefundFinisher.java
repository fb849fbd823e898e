package io.tollgate.billing.refund;

import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.ReversalBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Asks Stripe again about refunds that nobody knows the end of, a bounded number at a time and ever more rarely. */
public final class RefundFinisher {

    private static final Logger LOG = LoggerFactory.getLogger(RefundFinisher.class);

    private final ReversalBook book;
    private final RefundDesk desk;
    private final RefundSettings settings;

    public RefundFinisher(ReversalBook book, RefundDesk desk, RefundSettings settings) {
        this.book = book;
        this.desk = desk;
        this.settings = settings;
    }

    /** Looks after the requests that are due and answers how many those were. */
    public Mono<Long> finish() {
        return book.takeDue(settings.firstCheck(), settings.longestPause(), settings.batch())
                .flatMap(request -> finish(request).thenReturn(request), settings.concurrency())
                .count();
    }

    // A request that cannot be looked after now, whatever the reason, is due again later; the others do not wait for
    // it.
    private Mono<Void> finish(RefundRequest request) {
        return desk.finish(request).onErrorResume(failure -> {
            LOG.atWarn()
                    .addKeyValue("account", request.account())
                    .addKeyValue("request", request.id())
                    .addKeyValue("reason", failure)
                    .log("refund_unfinished");
            return Mono.empty();
        });
    }
}

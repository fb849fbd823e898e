package io.tollgate.metering.postgres;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Begins an SQL transaction to the end, although whoever wanted it has left meanwhile: a client, or a step whose time is up. The pool
 * takes a connection back at once when its user leaves, and where a BEGIN is on its way just then, it hands the connection out again
 * inside a transaction that nobody ever commits, with whatever the next user writes on it. Once it has begun, leaving rolls it back
 * as ever.
 */
final class SteadyTransactionManager implements ReactiveTransactionManager {

    private final ReactiveTransactionManager manager;

    SteadyTransactionManager(ReactiveTransactionManager manager) {
        this.manager = manager;
    }

    @Override
    public Mono<ReactiveTransaction> getReactiveTransaction(@Nullable TransactionDefinition definition) {
        return manager.getReactiveTransaction(definition)
                .transform(Operators.<ReactiveTransaction, ReactiveTransaction>lift(
                        (_, waiting) -> new Unstoppable<>(waiting)));
    }

    @Override
    public Mono<Void> commit(ReactiveTransaction transaction) {
        return manager.commit(transaction);
    }

    @Override
    public Mono<Void> rollback(ReactiveTransaction transaction) {
        return manager.rollback(transaction);
    }

    /** Passes everything on but a cancel. What is begun is thus always handed over, to one who will end it. */
    private static final class Unstoppable<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> waiting;
        private @Nullable Subscription source;

        Unstoppable(CoreSubscriber<? super T> waiting) {
            this.waiting = waiting;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            waiting.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            if (source != null) {
                source.request(count);
            }
        }

        @Override
        public void cancel() {}

        @Override
        public void onNext(T begun) {
            waiting.onNext(begun);
        }

        @Override
        public void onError(Throwable failure) {
            waiting.onError(failure);
        }

        @Override
        public void onComplete() {
            waiting.onComplete();
        }

        @Override
        public Context currentContext() {
            return waiting.currentContext();
        }
    }
}

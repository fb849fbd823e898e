package io.tollgate.sandbox.stripe;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Delivers events in the background until the endpoint says 2xx, or as badly as {@link DeliveryMode} wants. A parcel
 * is dropped, held or due; whatever is due counts as outstanding until it is accepted or given up.
 */
final class Webhooks implements AutoCloseable {
    private static final int WAITING_MAX = 10_000;
    private static final int AT_ONCE_MAX = 32;
    private static final int LOG_MAX = 1_000;
    private static final long SHUFFLE_MILLIS = 250;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("stripe-webhooks").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());
    private final Semaphore slots = new Semaphore(AT_ONCE_MAX);
    private final WebhookSender sender;
    private final List<Parcel> held = new ArrayList<>();
    private final Deque<Delivery> log = new ArrayDeque<>();
    private List<URI> endpoints = List.of();
    private DeliveryMode mode = DeliveryMode.NORMAL;
    private int outstanding;

    Webhooks(Clock clock, String secret) {
        this.sender = new WebhookSender(clock, secret, threads);
    }

    synchronized List<URI> endpoints() {
        return endpoints;
    }

    synchronized void deliverTo(List<URI> urls) {
        endpoints = List.copyOf(urls);
    }

    synchronized DeliveryMode mode() {
        return mode;
    }

    synchronized void mode(DeliveryMode next) {
        mode = next;
    }

    synchronized int heldBack() {
        return held.size();
    }

    synchronized int outstanding() {
        return outstanding;
    }

    synchronized List<Delivery> log() {
        return List.copyOf(log);
    }

    /** Takes an event over; never waits, for the caller has the turn of the simulation. */
    synchronized void accept(Parcel parcel) {
        if (mode.drop()) {
            record(sender.unsent(parcel, "dropped"));
        } else if (outstanding + held.size() >= WAITING_MAX) {
            record(sender.unsent(parcel, "too many deliveries wait"));
        } else if (mode.hold()) {
            held.add(parcel);
        } else {
            for (int copy = 0; copy <= mode.duplicates(); copy++) {
                outstanding++;
                long shuffled = mode.shuffle() ? ThreadLocalRandom.current().nextLong(SHUFFLE_MILLIS) : 0;
                attemptIn(Duration.ofMillis(mode.delayMillis() + shuffled), parcel, 1);
            }
        }
    }

    private void attemptIn(Duration pause, Parcel parcel, int attempt) {
        Future<?> _ = timer.schedule(
                () -> threads.execute(() -> attempt(parcel, attempt)), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Delivery attempt(Parcel parcel, int attempt) {
        Delivery delivery = send(parcel, attempt);
        Optional<Duration> pause = delivery.accepted() ? Optional.empty() : RetrySchedule.after(attempt);
        if (pause.isPresent()) {
            attemptIn(pause.get(), parcel, attempt + 1);
        } else {
            settled();
        }
        return delivery;
    }

    private Delivery send(Parcel parcel, int attempt) {
        slots.acquireUninterruptibly();
        Delivery delivery;
        try {
            delivery = sender.send(parcel, attempt);
        } finally {
            slots.release();
        }
        record(delivery);
        if (delivery.accepted()) {
            parcel.onDelivered().run();
        }
        return delivery;
    }

    private synchronized void record(Delivery delivery) {
        log.add(delivery);
        if (log.size() > LOG_MAX) {
            log.removeFirst();
        }
    }

    private synchronized void settled() {
        outstanding--;
        notifyAll();
    }

    /** Sends what was held, one after the other in the caller's thread; what fails is retried in the background. */
    List<Delivery> flush() {
        return release().stream().map(parcel -> attempt(parcel, 1)).toList();
    }

    private synchronized List<Parcel> release() {
        List<Parcel> released = new ArrayList<>();
        held.forEach(parcel -> released.addAll(Collections.nCopies(1 + mode.duplicates(), parcel)));
        held.clear();
        if (mode.shuffle()) {
            Collections.shuffle(released, ThreadLocalRandom.current());
        }
        outstanding += released.size();
        return released;
    }

    /** Sends copies without retrying and returns how each ended. */
    List<Delivery> deliver(List<Parcel> parcels, int copies, Dispatch dispatch) {
        List<Parcel> all = parcels.stream()
                .flatMap(parcel -> Collections.nCopies(copies, parcel).stream())
                .toList();
        return switch (dispatch) {
            case ONE_BY_ONE -> all.stream().map(parcel -> send(parcel, 1)).toList();
            case AT_ONCE -> sendAtOnce(all);
        };
    }

    private List<Delivery> sendAtOnce(List<Parcel> parcels) {
        List<Callable<Delivery>> sends = parcels.stream()
                .<Callable<Delivery>>map(parcel -> () -> send(parcel, 1))
                .toList();
        List<Delivery> outcomes = new ArrayList<>();
        try {
            for (Future<Delivery> sent : threads.invokeAll(sends)) {
                outcomes.add(sent.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending reports its failures as deliveries", e);
        }
        return outcomes;
    }

    /** Waits until nothing is outstanding; false when the time is up first. */
    synchronized boolean awaitIdle(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (outstanding > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
        return true;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        sender.close();
        threads.shutdownNow();
    }
}

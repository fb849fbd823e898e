package io.tollgate.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Hears of every buffer that was dropped without being released, from the moment it is made on. Netty tells of one only after the garbage collector
 * has found it and another buffer is allocated; so we drop one ourselves, and once we have heard of that one we have heard of all that were dropped
 * before it. It is proof, too, that we would have heard.
 */
final class BufferLeaks implements AutoCloseable {

    private static final String OURS = "dropped on purpose, number ";
    private static final AtomicInteger DROPPED = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

    private BufferLeaks() {}

    static BufferLeaks watched() {
        BufferLeaks leaks = new BufferLeaks();
        detectorOfBuffers().setLeakListener((_, touched) -> leaks.told.add(touched));
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        return leaks;
    }

    /** The one that Netty made when its first buffer was: a factory of ours would come too late wherever another test ran before. */
    private static ResourceLeakDetector<?> detectorOfBuffers() {
        try {
            Field detector = AbstractByteBuf.class.getDeclaredField("leakDetector");
            detector.setAccessible(true);
            return (ResourceLeakDetector<?>) detector.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Netty keeps it elsewhere now", e);
        }
    }

    /** What was said of each, where it was last touched included. */
    List<String> found() {
        // The second one only after the first was heard of: by then a whole collection lies behind what was dropped
        // before.
        hearOfOne();
        hearOfOne();
        return told.stream().filter(message -> !message.contains(OURS)).toList();
    }

    void assertNone() {
        assertThat(found()).as("buffers that were never released").isEmpty();
    }

    private void hearOfOne() {
        String mark = OURS + DROPPED.incrementAndGet() + ".";
        drop(mark);
        Awaitility.await("the leak detector")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    System.gc();
                    ByteBufAllocator.DEFAULT.buffer(16).release();
                    return told.stream().anyMatch(message -> message.contains(mark));
                });
    }

    @SuppressWarnings("resource") // that is the point
    static void drop(String mark) {
        ByteBufAllocator.DEFAULT.buffer(16).touch(mark);
    }

    @Override
    public void close() {
        ResourceLeakDetector.setLevel(before);
    }
}

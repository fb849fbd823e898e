package io.tollgate.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SparseWarningTest {

    private static final long PAUSE = Duration.ofSeconds(5).toNanos();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - PAUSE / 2); // which overflows under way
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SparseWarning warning =
            new SparseWarning(appended(new LoggerContext().getLogger("sparse")), Duration.ofNanos(PAUSE), nanos::get);

    @Test
    void theFirstIsLoggedAtOnce() {
        warning.warn("away");

        assertThat(logged()).containsExactly("away");
    }

    @Test
    void inAPauseThereIsOneLineThatTheNextOneCountsFrom() {
        IntStream.range(0, 1_000).forEach(i -> warning.warn("away"));
        nanos.addAndGet(PAUSE - 1);
        warning.warn("away");
        nanos.incrementAndGet();
        warning.warn("still away");

        assertThat(logged()).containsExactly("away", "still away (and 1000 times since the line before this one)");
    }

    @Test
    void whatWasCountedIsNotCountedAgain() {
        warning.warn("away");
        warning.warn("away");
        nanos.addAndGet(PAUSE);
        warning.warn("away");
        nanos.addAndGet(PAUSE);
        warning.warn("away");

        assertThat(logged().getLast()).isEqualTo("away");
    }

    @Test
    void ofManyAtOnceOneIsLoggedAndNoneForgotten() {
        IntStream.range(0, 10_000).parallel().forEach(i -> warning.warn("away"));
        nanos.addAndGet(PAUSE);
        warning.warn("away");

        assertThat(logged()).containsExactly("away", "away (and 9999 times since the line before this one)");
    }

    @Test
    void refusedCallsOfAnOutageAreLoggedSparsely() {
        Logger log = (Logger) LoggerFactory.getLogger(Problems.class);
        appended(log);
        try {
            IntStream.range(0, 1_000).forEach(i -> Problems.of(new StoreUnavailableException("Redis is away")));
        } finally {
            log.detachAppender(lines);
        }

        // One, and another one if a pause ends meanwhile; none if another test has just had its line.
        assertThat(logged()).hasSizeLessThanOrEqualTo(2);
    }

    private Logger appended(Logger log) {
        lines.start();
        log.addAppender(lines);
        return log;
    }

    private List<String> logged() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}

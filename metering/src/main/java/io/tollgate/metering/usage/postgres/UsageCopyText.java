package io.tollgate.metering.usage.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.postgres.HoldDay;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.BatchOutcome.HoldEnd;
import io.tollgate.metering.usage.LotShare;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage events in the text format of {@code COPY}, in the order of columns that {@code copy_usage_events.sql} names. */
final class UsageCopyText {

    private static final String NULL = "\\N";
    private static final int BYTES_PER_ROW = 400;

    private final StringBuilder text;
    private final TimeText times = new TimeText();

    private UsageCopyText(int rows) {
        this.text = new StringBuilder(rows * BYTES_PER_ROW);
    }

    static byte[] of(List<HoldEnd> ends) {
        UsageCopyText copy = new UsageCopyText(ends.size());
        for (HoldEnd end : ends) {
            copy.row(end);
        }
        return copy.text.toString().getBytes(UTF_8);
    }

    private void row(HoldEnd end) {
        UsageEvent event = end.event();
        text.append(times.day(HoldDay.of(end.hold()))).append('\t').append(end.hold());
        word(event.kind().name());
        word(event.account().value());
        times.instant(text.append('\t'), event.atMillis());
        number(event.held().micros());
        number(event.charged().micros());
        number(event.uncollected().micros());
        number(event.debtChangeMicros());
        number(event.postedAfterMicros());
        lots(event.lots());
        number(end.partition().number());
        number(event.position().epoch());
        number(event.position().number());
        detail(event.detail());
        text.append('\n');
    }

    private void lots(List<LotShare> shares) {
        text.append('\t');
        for (int i = 0; i < shares.size(); i++) {
            LotShare share = shares.get(i);
            text.append(i == 0 ? "" : ",")
                    .append(share.grant())
                    .append(':')
                    .append(share.amount().micros());
        }
    }

    private void detail(@Nullable UsageDetail detail) {
        if (detail == null) {
            text.append(("\t" + NULL).repeat(5));
            tokens(TokenUsage.NONE);
            number(0);
            return;
        }
        name(detail.apiKey());
        name(detail.route());
        name(detail.model());
        word(detail.outcome().name());
        word(detail.basis().name());
        tokens(detail.tokens());
        number(detail.waived().micros());
    }

    private void tokens(TokenUsage tokens) {
        number(tokens.input());
        number(tokens.cacheRead());
        number(tokens.cacheWrite());
        number(tokens.output());
        number(tokens.reasoning());
    }

    private void number(long value) {
        text.append('\t').append(value);
    }

    /** Of our own making: nothing to escape. */
    private void word(String value) {
        text.append('\t').append(value);
    }

    /** May come from a client; {@link UsageDetail} has replaced control characters, but a backslash is one to COPY. */
    private void name(String value) {
        text.append('\t').append(value.isEmpty() ? NULL : "");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
    }
}

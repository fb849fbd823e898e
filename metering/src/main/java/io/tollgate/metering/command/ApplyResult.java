package io.tollgate.metering.command;

/** What became of a command sent to the live store. */
public sealed interface ApplyResult {
    /** It took effect, now or when it was sent before. */
    record Applied() implements ApplyResult {}

    /** It came too early: {@code wanted} is the number to send next. */
    record Gap(long wanted) implements ApplyResult {}

    /** The account has to be seeded first. */
    record Absent() implements ApplyResult {}
}

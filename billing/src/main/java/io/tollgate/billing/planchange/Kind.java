package io.tollgate.billing.planchange;

/** What a change of plan is. */
public enum Kind {
    /** To a better plan, at once: what it costs more until the period's end is charged now. */
    UPGRADE,
    /** To a lesser plan, once the period that was paid for is over. */
    DOWNGRADE,
    /** The same plan paid by another interval, at once: a new period begins, less the unused part of the old one. */
    SWITCH;

    boolean isAtOnce() {
        return this != DOWNGRADE;
    }
}

package io.tollgate.sandbox.stripe;

/** How several copies of one event are sent. */
public enum Dispatch {
    ONE_BY_ONE,
    AT_ONCE
}

package io.tollgate.billing.notice;

/** How a try ended. Reasons go to operators: they have no addresses in them. */
public sealed interface CarryResult {

    /** Told. */
    record Carried() implements CarryResult {}

    /** Not told, but may be later. */
    record Failed(String reason) implements CarryResult {}

    /** Told or not, nobody knows. */
    record Unknown(String reason) implements CarryResult {}

    /** Not told, and never will be this way. */
    record Rejected(String reason) implements CarryResult {}

    /** There is nowhere to tell it, for now. */
    record Nowhere(String reason) implements CarryResult {}

    /** The account was told enough. */
    record Enough(String reason) implements CarryResult {}
}

package io.tollgate.billing.planchange;

import io.tollgate.billing.catalog.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The plan that somebody would like.
 *
 * @param interval null for the one that they pay by now
 */
public record Wish(String plan, @Nullable Interval interval) {}

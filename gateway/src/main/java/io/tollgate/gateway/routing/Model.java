package io.tollgate.gateway.routing;

import io.tollgate.metering.pricing.TokenPrice;

/**
 * A model that can be called.
 *
 * @param outputMax output tokens it can write for one choice, whatever cap a client gives
 */
public record Model(String name, TokenPrice price, long outputMax) {}

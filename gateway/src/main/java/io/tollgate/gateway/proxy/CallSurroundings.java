package io.tollgate.gateway.proxy;

import io.tollgate.gateway.connection.CallsUnderWay;
import io.tollgate.gateway.connection.UpstreamPools;
import io.tollgate.gateway.connection.Watch;
import io.tollgate.gateway.upstream.UpstreamHealth;

/** What all calls have in common. */
record CallSurroundings(UpstreamPools pools, UpstreamHealth health, Watch watch, CallsUnderWay calls, Drains drains) {}

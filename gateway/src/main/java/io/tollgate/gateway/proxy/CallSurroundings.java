package io.tollgate.gateway.proxy;

import io.tollgate.gateway.connection.CallsUnderWay;
import io.tollgate.gateway.connection.UpstreamPools;
import io.tollgate.gateway.connection.Watch;

/** What all calls have in common. */
record CallSurroundings(UpstreamPools pools, Watch watch, CallsUnderWay calls) {}

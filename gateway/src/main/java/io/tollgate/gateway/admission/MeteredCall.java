package io.tollgate.gateway.admission;

import io.tollgate.gateway.authentication.ApiKey;
import io.tollgate.gateway.dialect.ChatRequest;
import io.tollgate.gateway.routing.Model;
import io.tollgate.gateway.routing.Route;

/** A call that has been understood: who wants what of whom. */
public record MeteredCall(ApiKey key, Route route, Model model, ChatRequest request) {

    MeteredCall with(ChatRequest other) {
        return new MeteredCall(key, route, model, other);
    }
}

package io.tollgate.sandbox.stripe;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /c/pay/{session}}: shows the page, takes the card, sends the buyer back with 303. */
final class CheckoutPages {
    static final String PREFIX = "/c/pay/";

    private final Simulation simulation;
    private final CheckoutSessions sessions;

    CheckoutPages(Simulation simulation, CheckoutSessions sessions) {
        this.simulation = simulation;
        this.sessions = sessions;
    }

    Reply handle(Incoming request) {
        String id = request.path().substring(PREFIX.length());
        return simulation.inTurn(() -> {
            Optional<ObjectNode> session = simulation.store().find(CheckoutSessions.KIND, id);
            if (session.isEmpty()) {
                return Reply.html(404, CheckoutPage.notFound());
            }
            return switch (request.method()) {
                case "GET" -> show(session.get(), 200, CheckoutPage.Fields.PREFILLED);
                case "POST" -> pay(session.get(), request.body());
                default -> Reply.of(ApiException.unknownUrl(request.method(), request.path()));
            };
        });
    }

    private Reply show(ObjectNode session, int status, CheckoutPage.Fields fields) {
        return switch (session.path("status").stringValue()) {
            case "complete" -> Reply.html(200, CheckoutPage.paid(session));
            case "expired" -> Reply.html(200, CheckoutPage.expired(session));
            default ->
                Reply.html(
                        status,
                        CheckoutPage.open(
                                session, sessions.lines(session.path("id").stringValue()), fields));
        };
    }

    private Reply pay(ObjectNode session, String body) {
        CheckoutPage.Fields fields = CheckoutPage.Fields.PREFILLED;
        try {
            Form form = Form.parse(body);
            fields = CheckoutPage.Fields.typed(form);
            CardEntry entry = CardEntry.parse(form, simulation.clock());
            return switch (sessions.pay(session.path("id").stringValue(), entry)) {
                case CheckoutResult.Paid paid -> Reply.seeOther(paid.returnUrl());
                case CheckoutResult.Declined declined -> show(session, 402, fields.because(declined.message()));
                case CheckoutResult.NotOpen _ -> show(session, 200, fields);
            };
        } catch (ApiException refused) {
            return show(session, refused.status(), fields.because(String.valueOf(refused.getMessage())));
        }
    }
}

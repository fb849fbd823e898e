package io.tollgate.sandbox.stripe;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /p/session/{session}}: the portal as a customer sees it. */
final class PortalPages {
    static final String PREFIX = "/p/session/";

    private final Simulation simulation;
    private final PortalActions actions;

    PortalPages(Simulation simulation, PortalActions actions) {
        this.simulation = simulation;
        this.actions = actions;
    }

    Reply handle(Incoming request) {
        String id = request.path().substring(PREFIX.length());
        return simulation.inTurn(() -> {
            Optional<ObjectNode> session = simulation.store().find(PortalSessions.KIND, id);
            if (session.isEmpty()) {
                return Reply.html(404, CheckoutPage.said("Not found", "There is no such portal session."));
            }
            return switch (request.method()) {
                case "GET" -> show(session.get(), 200, "");
                case "POST" -> act(session.get(), request.body());
                default -> Reply.of(ApiException.unknownUrl(request.method(), request.path()));
            };
        });
    }

    private Reply show(ObjectNode session, int status, String problem) {
        return Reply.html(status, new PortalPage(simulation, actions, session).html(problem));
    }

    private Reply act(ObjectNode session, String body) {
        try {
            Form form = Form.parse(body);
            String subscription = form.text("subscription").orElse("");
            switch (form.text("action").orElse("")) {
                case "change" ->
                    actions.change(session, subscription, form.text("price").orElse(""));
                case "cancel" -> actions.cancel(session, subscription);
                case "keep" -> actions.keep(session, subscription);
                case "card" -> actions.replaceCard(session, CardEntry.parse(form, simulation.clock()));
                default -> throw ApiException.badRequest("Nothing was chosen.");
            }
            return Reply.seeOther(afterwards(session));
        } catch (ApiException refused) {
            return show(session, refused.status(), String.valueOf(refused.getMessage()));
        }
    }

    private static String afterwards(ObjectNode session) {
        String redirect =
                session.at("/flow/after_completion/redirect/return_url").asString("");
        return redirect.isEmpty() ? session.path("url").stringValue() : redirect;
    }
}

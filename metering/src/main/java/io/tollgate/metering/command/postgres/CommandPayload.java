package io.tollgate.metering.command.postgres;

import io.tollgate.metering.command.Command;
import io.tollgate.metering.credit.Credits;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A command as {@code account_command} stores it: its kind, its JSON, and by how much at most it lifts posted. */
record CommandPayload(String kind, String json, long liftsMicros) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static final String GRANT = "GRANT";
    private static final String LATE_CHARGE = "LATE_CHARGE";
    private static final String FREEZE = "FREEZE";
    private static final String THAW = "THAW";
    private static final String CLOSE = "CLOSE";
    private static final String CLAWBACK = "CLAWBACK";
    private static final String REPLACE_ALLOWANCE = "REPLACE_ALLOWANCE";
    private static final String END_ALLOWANCES = "END_ALLOWANCES";

    static CommandPayload of(Command command) {
        ObjectNode json = MAPPER.createObjectNode();
        return switch (command) {
            case Command.Grant grant -> {
                put(json, grant);
                yield new CommandPayload(GRANT, json.toString(), grant.amount().micros());
            }
            case Command.Clawback clawback -> {
                clawback.grants().forEach(json.putArray("grants")::add);
                json.put("amountMicros", clawback.amount().micros());
                yield new CommandPayload(CLAWBACK, json.toString(), 0);
            }
            case Command.ReplaceAllowance(List<Long> replaced, Credits rollover, Command.Grant allowance) -> {
                put(json, allowance);
                replaced.forEach(json.putArray("replaced")::add);
                json.put("rolloverMicros", rollover.micros());
                yield new CommandPayload(
                        REPLACE_ALLOWANCE, json.toString(), allowance.amount().micros());
            }
            case Command.EndAllowances(List<Long> ended) -> {
                ended.forEach(json.putArray("ended")::add);
                yield new CommandPayload(END_ALLOWANCES, json.toString(), 0);
            }
            case Command.LateCharge charge -> {
                json.put("holdId", charge.holdId())
                        .put("actualMicros", charge.actual().micros())
                        .put("detail", charge.detail());
                yield new CommandPayload(LATE_CHARGE, json.toString(), 0);
            }
            case Command.Freeze _ -> new CommandPayload(FREEZE, json.toString(), 0);
            case Command.Thaw _ -> new CommandPayload(THAW, json.toString(), 0);
            case Command.Close _ -> new CommandPayload(CLOSE, json.toString(), 0);
        };
    }

    Command command() {
        JsonNode node = MAPPER.readTree(json);
        return switch (kind) {
            case GRANT -> grant(node);
            case CLAWBACK ->
                new Command.Clawback(
                        numbers(node.required("grants")),
                        Credits.ofMicros(node.required("amountMicros").longValue()));
            case REPLACE_ALLOWANCE ->
                new Command.ReplaceAllowance(
                        numbers(node.required("replaced")),
                        Credits.ofMicros(node.required("rolloverMicros").longValue()),
                        grant(node));
            case END_ALLOWANCES -> new Command.EndAllowances(numbers(node.required("ended")));
            case LATE_CHARGE ->
                new Command.LateCharge(
                        node.required("holdId").stringValue(),
                        Credits.ofMicros(node.required("actualMicros").longValue()),
                        node.required("detail").stringValue());
            case FREEZE -> new Command.Freeze();
            case THAW -> new Command.Thaw();
            case CLOSE -> new Command.Close();
            default -> throw new IllegalStateException("a command of a kind this version does not know: " + kind);
        };
    }

    private static void put(ObjectNode json, Command.Grant grant) {
        json.put("grant", grant.grant())
                .put("amountMicros", grant.amount().micros())
                .put("priority", grant.priority())
                .put("expiresAtMillis", grant.expiresAtMillis());
    }

    private static Command.Grant grant(JsonNode node) {
        return new Command.Grant(
                node.required("grant").longValue(),
                Credits.ofMicros(node.required("amountMicros").longValue()),
                node.required("priority").intValue(),
                node.required("expiresAtMillis").longValue());
    }

    private static List<Long> numbers(JsonNode array) {
        return array.valueStream().map(JsonNode::longValue).toList();
    }
}

package io.tollgate.gateway.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** What scripts and newcomers need to know of a running sandbox, by the names in {@code sandbox.env}. */
record Facts(Map<String, String> values) {

    static final String GATEWAY = "TOLLGATE_URL";
    static final String KEY = "TOLLGATE_API_KEY";
    static final String ADMIN_TOKEN = "TOLLGATE_ADMIN_TOKEN";
    static final String ACCOUNT = "TOLLGATE_ACCOUNT";
    static final String AI = "AI_URL";
    static final String STRIPE = "STRIPE_API_BASE";
    static final String STRIPE_SECRET_KEY = "STRIPE_SECRET_KEY";
    static final String STRIPE_WEBHOOK_SECRET = "STRIPE_WEBHOOK_SECRET";
    static final String REDIS = "REDIS_URL";
    static final String POSTGRES = "POSTGRES_URL";
    static final String POSTGRES_USER = "POSTGRES_USER";
    static final String POSTGRES_PASSWORD = "POSTGRES_PASSWORD";
    static final String DEMO_CREDIT = "TOLLGATE_DEMO_CREDIT";

    Facts() {
        this(new LinkedHashMap<>());
    }

    void put(String name, String value) {
        values.put(name, value);
    }

    String get(String name) {
        return values.getOrDefault(name, "");
    }
}

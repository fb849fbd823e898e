package io.tollgate.gateway.sandbox;

/** What a newcomer reads last: addresses, a key, and what to paste into a second terminal. */
record Welcome(Facts facts, String envFile) {

    String text() {
        String url = facts.get(Facts.GATEWAY);
        String key = facts.get(Facts.KEY);
        return """

                  gateway        %s
                  AI provider    %s
                  Stripe         %s
                  demo API key   %s   (%s credits)
                  as a file      %s

                A call, from a second terminal:

                  curl -i %s/v1/chat/completions -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '%s'

                The same, streamed:

                  curl -iN %s/v1/chat/completions -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '%s'

                The balance:

                  curl -s %s/api/balance -H 'Authorization: Bearer %s'

                The credit is for a handful of calls. Then the answer is 402 with a top_up_url: open it in a browser, choose a
                pack or a plan, pay with the card 4242 4242 4242 4242 (any date to come, any CVC), and repeat the call.

                Ctrl-C stops everything and leaves nothing behind.
                """.formatted(
                        url,
                        facts.get(Facts.AI),
                        facts.get(Facts.STRIPE),
                        key,
                        facts.get(Facts.DEMO_CREDIT),
                        envFile,
                        url,
                        key,
                        call("\"max_tokens\":200"),
                        url,
                        key,
                        call("\"max_tokens\":200,\"stream\":true"),
                        url,
                        key);
    }

    private static String call(String more) {
        return "{\"model\":\"gpt-sim\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me about harbours.\"}],"
                + more + "}";
    }
}

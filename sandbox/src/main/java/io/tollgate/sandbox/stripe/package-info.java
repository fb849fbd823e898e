/**
 * A simulated Stripe for tests and the sandbox: the form-encoded API as stripe-java 33.3.0 speaks it, hosted
 * pages a person can click through (checkout, invoices, the customer portal, a bank's questions), signed webhooks, and a
 * control API for everything that goes wrong.
 *
 * <p>It keeps its objects in memory, listens on loopback only and knows nothing about Tollgate. {@link
 * io.tollgate.sandbox.stripe.StripeSimulator} is the way in; the HTTP control API under {@code /_fake/} (JSON in, JSON
 * out, no key) does what its Java methods do:
 *
 * <pre>
 * GET  /_fake/state                                          clock, modes, how much waits
 * POST /_fake/sessions/{id}/pay          {card}              pays a checkout session, as its page would
 * POST /_fake/sessions/{id}/expire
 * POST /_fake/sessions/{id}/debit                            pays a session from a bank account: unpaid for days
 * POST /_fake/sessions/{id}/end-debit    {end}               succeeded | failed
 * POST /_fake/sessions/{id}/promote      {code}              types a promotion code
 * POST /_fake/payments/{id}/dispute      {amount, reason, start}   needs-response | inquiry; id of an intent or a charge
 * POST /_fake/payments/{id}/refund       {amount}            as from Stripe's dashboard
 * POST /_fake/payments/{id}/warn                             an early fraud warning
 * POST /_fake/payments/{id}/authenticate                     the cardholder proves who they are
 * POST /_fake/payments/{id}/refuse                           … or says that it was not them
 * POST /_fake/disputes/{id}/escalate                         an inquiry becomes a dispute
 * POST /_fake/disputes/{id}/close        {end}               won | lost | inquiry-closed | prevented
 * POST /_fake/refunds/{id}/end           {end}               succeeded | failed | canceled
 * POST /_fake/refunds/all/begin          {start}             succeeded | pending, from now on
 * POST /_fake/subscriptions/{id}/card    {card}              another card, charged from now on
 * POST /_fake/subscriptions/{id}/plan    {price}             as the portal does: paid at once, or not changed before
 * POST /_fake/subscriptions/{id}/end                         cancels at the end of the period
 * POST /_fake/subscriptions/{id}/keep                        takes that back
 * POST /_fake/subscriptions/{id}/cancel                      ends it at once
 * POST /_fake/invoices/{id}/pay          {card}              pays an open invoice, as its page would
 * POST /_fake/invoices/all/dun           {waitSeconds: [..], end}   how failed renewals are tried again;
 *      cancel | unpaid | past-due
 * POST /_fake/tax                        {percent}           what automatic tax adds
 * POST /_fake/webhooks/form              {form}              snapshot | thin
 * POST /_fake/webhooks/endpoints         {urls: [..]}        replaces where webhooks go
 * POST /_fake/webhooks/mode              {duplicates, delayMillis, drop, shuffle, hold}   absent fields: normal
 * POST /_fake/webhooks/flush                                 delivers what was held, one after the other
 * POST /_fake/events/{id}/deliver        {copies, parallel}  delivers an event once more, answers with the outcomes
 * POST /_fake/events/{id}/twin                               a second event, with its own id, for the same news
 * GET  /_fake/deliveries                                     the last attempts, oldest first
 * POST /_fake/outage                     {mode, count}       count 0: until the next call
 *      none | refuse | timeout-before-effect | timeout-after-effect | stall | rate-limit | error-500 | error-500-saved
 * POST /_fake/clock/advance              {seconds}           runs what falls due on the way
 * </pre>
 *
 * <p>Bounds: {@code Store.OBJECTS_MAX} objects per kind (the eldest go first), 24 h and {@code IdempotencyKeys.KEYS_MAX}
 * idempotency keys, {@code RetrySchedule} for webhooks, {@code HttpEdge.BODY_MAX} bytes of request body.
 */
@NullMarked
package io.tollgate.sandbox.stripe;

import org.jspecify.annotations.NullMarked;

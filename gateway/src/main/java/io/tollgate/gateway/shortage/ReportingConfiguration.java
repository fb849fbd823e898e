package io.tollgate.gateway.shortage;

import io.tollgate.billing.shortage.Shortage;
import io.tollgate.billing.shortage.Shortages;
import io.tollgate.gateway.admission.RefusedCalls;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReportingConfiguration {

    @Bean
    RefusedCalls refusedCalls(Shortages shortages) {
        return call -> shortages.report(
                new Shortage(call.account(), reason(call.lack()), call.required(), call.availableMicros()));
    }

    private static Shortage.Reason reason(RefusedCalls.Lack lack) {
        return switch (lack) {
            case INSUFFICIENT_CREDIT -> Shortage.Reason.INSUFFICIENT_CREDIT;
            case CREDIT_IN_USE -> Shortage.Reason.CREDIT_IN_USE;
            case CALL_EXCEEDS_CREDIT -> Shortage.Reason.CALL_EXCEEDS_CREDIT;
        };
    }
}

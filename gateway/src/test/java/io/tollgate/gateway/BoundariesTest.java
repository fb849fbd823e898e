package io.tollgate.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@AnalyzeClasses(packages = "io.tollgate.gateway", importOptions = DoNotIncludeTests.class)
class BoundariesTest {

    @ArchTest
    static final ArchRule the_dialect_is_pure = noClasses()
            .that()
            .resideInAPackage("..gateway.dialect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "io.lettuce..", "io.r2dbc..");

    @ArchTest
    static final ArchRule only_adapters_speak_to_stores = noClasses()
            .that()
            .resideOutsideOfPackages("..postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..", "io.r2dbc..", "org.springframework.r2dbc..", "com.stripe..");

    @ArchTest
    static final ArchRule adapters_are_package_private = classes()
            .that()
            .resideInAnyPackage("..gateway..postgres..")
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule packages_form_no_cycles =
            slices().matching("io.tollgate.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothing_waits = noClasses()
            .should()
            .callMethod(Mono.class, "block")
            .orShould()
            .callMethod(Mono.class, "block", Duration.class)
            .orShould()
            .callMethod(Flux.class, "blockFirst")
            .orShould()
            .callMethod(Flux.class, "blockLast");

    @ArchTest
    static final ArchRule only_settlements_outlive_their_request = noClasses()
            .that()
            .resideInAnyPackage("..gateway.proxy..", "..gateway.authentication..", "..gateway.admission..")
            .and()
            .haveNameNotMatching(".*\\.Settlements(\\$.*)?")
            .should()
            .callMethod(Mono.class, "subscribe")
            .orShould()
            .callMethod(Mono.class, "subscribe", Subscriber.class)
            .orShould()
            .callMethod(Mono.class, "subscribe", Consumer.class)
            .orShould()
            .callMethod(Flux.class, "subscribe")
            .orShould()
            .callMethod(Flux.class, "subscribe", Subscriber.class);

    @ArchTest
    static final ArchRule metered_calls_know_nothing_of_the_console = noClasses()
            .that()
            .resideInAnyPackage(
                    "..gateway.proxy..", "..gateway.admission..", "..gateway.dialect..", "..gateway.routing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..gateway.console..", "..gateway.admin..", "io.tollgate.billing..");
}

package io.tollgate.metering;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;

@AnalyzeClasses(packages = "io.tollgate.metering", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] ADAPTERS = {"..redis..", "..postgres.."};
    private static final String[] PLUMBING = {
        "io.tollgate.metering.redis", "io.tollgate.metering.postgres", "io.tollgate.metering.background"
    };

    @ArchTest
    static final ArchRule the_domain_knows_no_io = noClasses()
            .that(resideOutsideOfPackages(ADAPTERS).and(resideOutsideOfPackages(PLUMBING)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.lettuce..",
                    "io.netty..",
                    "io.r2dbc..",
                    "com.stripe..",
                    "org.springframework..",
                    "org.flywaydb..");

    @ArchTest
    static final ArchRule adapters_are_package_private = classes()
            .that(resideInAnyPackage(ADAPTERS).and(resideOutsideOfPackages(PLUMBING)))
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule only_adapters_know_redis = noClasses()
            .that()
            .resideOutsideOfPackages("..redis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..", "io.tollgate.metering.redis..");

    @ArchTest
    static final ArchRule only_adapters_know_postgres = noClasses()
            .that()
            .resideOutsideOfPackages("..postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.r2dbc..", "io.tollgate.metering.postgres..");

    @ArchTest
    static final ArchRule features_form_no_cycles =
            slices().matching("io.tollgate.metering.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule credit_and_account_know_nobody_above_them = noClasses()
            .that()
            .resideInAnyPackage("io.tollgate.metering.credit", "io.tollgate.metering.account")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tollgate.metering.reservation..",
                    "io.tollgate.metering.usage..",
                    "io.tollgate.metering.ledger..",
                    "io.tollgate.metering.command..",
                    "io.tollgate.metering.grant..",
                    "io.tollgate.metering.recovery..");

    @ArchTest
    static final ArchRule holds_know_nothing_of_the_ledger = noClasses()
            .that()
            .resideInAPackage("io.tollgate.metering.reservation")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tollgate.metering.ledger..");

    /** Redis and Postgres meet in the feature roots, not in each other's adapters. */
    @ArchTest
    static final ArchRule adapters_do_not_know_each_other = noClasses()
            .that()
            .resideInAPackage("..redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..postgres..");

    /** But for the check at start, before which nothing may begin. */
    @ArchTest
    static final ArchRule nobody_blocks = noClasses()
            .that()
            .doNotHaveSimpleName("InstallationCheck")
            .should()
            .callMethodWhere(onPublisher("block.*|toFuture|toIterable|toStream"));

    /** Background loops own their subscriptions; everything else is subscribed to by its caller. */
    @ArchTest
    static final ArchRule only_background_loops_subscribe = noClasses()
            .that()
            .resideOutsideOfPackage("io.tollgate.metering.background")
            .should()
            .callMethodWhere(onPublisher("subscribe"));

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses()
            .should()
            .callMethodWhere(on(Thread.class, "sleep"))
            .orShould()
            .callMethodWhere(on(TimeUnit.class, "sleep"));

    private static DescribedPredicate<JavaMethodCall> onPublisher(String name) {
        return on(Publisher.class, name);
    }

    private static DescribedPredicate<JavaMethodCall> on(Class<?> owner, String name) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + name,
                call -> call.getName().matches(name) && call.getTargetOwner().isAssignableTo(owner));
    }
}

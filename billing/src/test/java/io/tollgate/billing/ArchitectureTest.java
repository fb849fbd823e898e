package io.tollgate.billing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.reactivestreams.Publisher;

@AnalyzeClasses(packages = "io.tollgate.billing", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] ADAPTERS = {
        "..postgres..",
        "..billing.stripe..",
        "..billing.configuration..",
        "..billing.notice.mail..",
        "..billing.notice.webhook.."
    };

    @ArchTest
    static final ArchRule the_domain_knows_no_io = noClasses()
            .that()
            .resideOutsideOfPackages(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.lettuce..", "io.r2dbc..", "com.stripe..", "io.github.resilience4j..", "org.springframework..");

    @ArchTest
    static final ArchRule only_one_package_knows_stripe_java = noClasses()
            .that()
            .resideOutsideOfPackage("..billing.stripe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.stripe..");

    @ArchTest
    static final ArchRule adapters_are_package_private =
            classes().that().resideInAnyPackage(ADAPTERS).should().notBePublic();

    @ArchTest
    static final ArchRule the_domain_knows_no_adapter = noClasses()
            .that()
            .resideOutsideOfPackages(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ADAPTERS);

    @ArchTest
    static final ArchRule features_form_no_cycles =
            slices().matching("io.tollgate.billing.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule billing_knows_neither_gateway_nor_sandbox =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("..gateway..", "..sandbox..");

    @ArchTest
    static final ArchRule nothing_blocks_or_subscribes = noClasses()
            .should()
            .accessTargetWhere(JavaAccess.Predicates.targetOwner(
                            resideInAPackage("reactor.core.publisher..").or(type(Publisher.class)))
                    .and(JavaAccess.Predicates.target(HasName.Predicates.nameMatching(
                            "block|blockFirst|blockLast|blockOptional|subscribe|toFuture|toIterable|toStream"))));

    @ArchTest
    static final ArchRule money_is_never_a_fraction = noClasses()
            .that()
            .resideInAnyPackage("..catalog..", "..checkout", "..order", "..topup")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are fractions",
                    type -> type.isEquivalentTo(double.class)
                            || type.isEquivalentTo(float.class)
                            || type.isEquivalentTo(Double.class)
                            || type.isEquivalentTo(Float.class)));
}

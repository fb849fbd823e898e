package io.tollgate.loadtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tollgate", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule load_speaks_http_only = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tollgate.gateway..",
                    "io.tollgate.billing..",
                    "io.tollgate.metering..",
                    "io.tollgate.sandbox..",
                    "org.springframework..");

    @ArchTest
    static final ArchRule the_check_knows_no_load_generator = noClasses()
            .that()
            .resideOutsideOfPackage("..simulation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gatling..", "..simulation..");

    @ArchTest
    static final ArchRule what_clients_were_told_stands_alone = noClasses()
            .that()
            .resideInAPackage("..call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..check..", "..api..");
}

package dev.forebay.connectors;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;

@AnalyzeClasses(packages = "dev.forebay.connectors", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** The adapter: the connector with its task, configuration and stored offset. */
    private static final DescribedPredicate<JavaClass> ADAPTER = nameMatching(
                    ".*\\.(ArchiveSource(Connector|Task)|ArchiveConfig|SourceOffset)(\\$.*)?")
            .forSubtype();

    private static final DescribedPredicate<JavaClass> READING =
            resideInAPackage("dev.forebay.connectors.archive").and(DescribedPredicate.not(ADAPTER));

    @ArchTest
    static final ArchRule readingAnArchiveNeedsOnlyTheJdk = classes()
            .that(READING)
            .should()
            .onlyDependOnClassesThat(READING.or(resideInAnyPackage("java..", "org.jspecify..")));

    @ArchTest
    static final ArchRule connectorsKnowNeitherProcessorsNorWorkerNorDeployment = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.forebay.processors..", "dev.forebay.worker..", "dev.forebay.deploy..");

    @ArchTest
    static final ArchRule ofKafkaOnlyTheConnectApiAndItsConfigurationAreUsed = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka..")
                    .and(DescribedPredicate.not(
                            resideInAnyPackage("org.apache.kafka.connect..", "org.apache.kafka.common.config.."))));

    @ArchTest
    static final ArchRule nobodyReadsTheSystemClock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.forebay.connectors.(*)..").should().beFreeOfCycles();
}

package dev.forebay.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.forebay.schemas", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theContractImportsNoOtherModule = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.forebay.processors..",
                    "dev.forebay.worker..",
                    "dev.forebay.connectors..",
                    "dev.forebay.deploy..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.forebay.schemas.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule configurationKnowsNothingOfKafkaOrAvro = classes()
            .that()
            .resideInAPackage("..config..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.forebay.schemas.config..", "java..", "org.snakeyaml..", "org.jspecify..");

    @ArchTest
    static final ArchRule theRegistryClientKnowsNothingOfTopicsOrKafka = noClasses()
            .that()
            .resideInAPackage("..registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.forebay.schemas.serde..", "dev.forebay.schemas.record..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule onlyTheRegistryClientSpeaksHttp = noClasses()
            .that()
            .resideOutsideOfPackage("..registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "javax.net.ssl..");

    @ArchTest
    static final ArchRule kafkaIsSeenByTheClientSerdesAndTheTopicCheckAlone = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("ForebayAvro")
            .and()
            .doNotHaveSimpleName("TopicCheck")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule recordsAreGeneratedAndDependOnAvroAlone = classes()
            .that()
            .resideInAPackage("..record..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.forebay.schemas.record..", "java..", "org.apache.avro..");

    @ArchTest
    static final ArchRule nothingIsReadByReflection =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.avro.reflect..");

    @ArchTest
    static final ArchRule nobodyReadsTheSystemClock = noClasses()
            .that()
            .resideOutsideOfPackage("..record..")
            .and()
            .doNotHaveSimpleName("HttpSchemaRegistry") // hands System::nanoTime to itself as a clock
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");
}

package dev.forebay.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Here every module is on the classpath, so here stand the rules between modules as well. */
@AnalyzeClasses(packages = "dev.forebay", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule schemasImportNobody = noClasses()
            .that()
            .resideInAPackage("dev.forebay.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.forebay.processors..",
                    "dev.forebay.worker..",
                    "dev.forebay.connectors..",
                    "dev.forebay.deploy..");

    @ArchTest
    static final ArchRule processorsWorkerAndConnectorsNeverImportOneAnother = slices().matching(
                    "dev.forebay.(processors|worker|connectors)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule nobodyImportsDeploy = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.deploy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.forebay.deploy..");

    @ArchTest
    static final ArchRule onlyTheEmbeddedPackageUsesTheInsidesOfKafkaAndConnect = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.deploy.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "kafka..",
                    "org.apache.kafka.metadata..",
                    "org.apache.kafka.server..",
                    "org.apache.kafka.connect.runtime..",
                    "org.apache.kafka.connect.cli..");

    @ArchTest
    static final ArchRule nobodyReadsOrWritesSerialisedJavaObjects = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.schemas.record..") // Avro generates hooks, which nobody calls
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ObjectOutputStream.class);

    @ArchTest
    static final ArchRule nobodyImportsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.deploy.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.forebay.deploy.cli..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsItsLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.deploy.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule embeddedServersKnowNothingOfThePipeline = noClasses()
            .that()
            .resideInAPackage("dev.forebay.deploy.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.forebay.deploy.pipeline..",
                    "dev.forebay.deploy.quickstart..",
                    "dev.forebay.deploy.console..",
                    "dev.forebay.worker..",
                    "dev.forebay.processors..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.forebay.deploy.(*)..").should().beFreeOfCycles();
}

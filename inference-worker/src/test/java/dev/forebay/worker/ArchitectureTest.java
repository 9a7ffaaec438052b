package dev.forebay.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

@AnalyzeClasses(packages = "dev.forebay", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule batchingKnowsOnlyJava = classes()
            .that()
            .resideInAPackage("dev.forebay.worker.batch..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.forebay.worker.batch..", "org.jspecify..");

    @ArchTest
    static final ArchRule inferenceAndTasksKnowNeitherKafkaNorDjl = noClasses()
            .that()
            .resideInAnyPackage("dev.forebay.worker.infer..", "dev.forebay.worker.task..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "ai.djl..");

    @ArchTest
    static final ArchRule onePackageSeesDjl = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.worker.djl..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule onePackageOwnsTheConsumer = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.worker.consume..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.clients.consumer..")
                    // the two that a producer's transaction names
                    .and(not(type(ConsumerGroupMetadata.class).or(type(OffsetAndMetadata.class)))));

    @ArchTest
    static final ArchRule onePackageOwnsTheProducer = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.worker.publish..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.clients.producer..");

    @ArchTest
    static final ArchRule onePackageKnowsMicrometer = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.worker.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule onePackageKnowsTheCachesLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("dev.forebay.worker.reuse..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.benmanes..");

    @ArchTest
    static final ArchRule workerImportsNoOtherModuleThanSchemas = noClasses()
            .that()
            .resideInAPackage("dev.forebay.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.forebay.processors..", "dev.forebay.connectors..", "dev.forebay.deploy..");

    @ArchTest
    static final ArchRule onlyTheWorkerItselfAndItsLoopsReadTheSystemClock = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.forebay.worker.batch..",
                    "dev.forebay.worker.infer..",
                    "dev.forebay.worker.consume..",
                    "dev.forebay.worker.flow..",
                    "dev.forebay.worker.publish..",
                    "dev.forebay.worker.task..",
                    "dev.forebay.worker.tune..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.forebay.worker.(*)..").should().beFreeOfCycles();
}

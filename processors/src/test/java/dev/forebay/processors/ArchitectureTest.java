package dev.forebay.processors;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.streams.processor.PunctuationType;

@AnalyzeClasses(packages = "dev.forebay.processors", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> ADAPTERS = Set.of(
            "IntakeTopology",
            "IntakeStop",
            "MeterStop",
            "Exits",
            "Terminals",
            "ControlTopic",
            "ControlProcessor",
            "VerdictTopology",
            "VerdictStop",
            "ReviewStop",
            "Departures",
            "ReferenceTopics",
            "ReferenceProcessor",
            "PassageProcessor",
            "UnreadableRecords",
            "TopicLookup",
            "DigestTopology",
            "CollectStop",
            "GatherStop",
            "StoredClosings",
            "CountTopology",
            "CountStop",
            "TotalStop",
            "CompletionTopology",
            "PartEvents",
            "PartStop",
            "CompleteStop");

    @ArchTest
    static final ArchRule whatTheStagesDecideByKnowsNothingOfKafka = noClasses()
            .that()
            .resideInAnyPackage(
                    "..processors.confidence..",
                    "..processors.control..",
                    "..processors.enrich..",
                    "..processors.event..",
                    "..processors.format..",
                    "..processors.intake..",
                    "..processors.language..",
                    "..processors.retrieve..",
                    "..processors.names..",
                    "..processors.verdict..",
                    "..processors.digest..",
                    "..processors.count..",
                    "..processors.completion..")
            .and(not(adapters()))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "..processors.stream..");

    @ArchTest
    static final ArchRule processorsNeverImportTheOtherModules = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.forebay.worker..", "dev.forebay.connectors..", "dev.forebay.deploy..");

    @ArchTest
    static final ArchRule onlyTheDatabaseOfEnrichmentUsesJdbc = noClasses()
            .that()
            .doNotHaveSimpleName("Database")
            .and()
            .doNotHaveSimpleName("SqlFault")
            .and()
            .doNotHaveSimpleName("JdbcSection") // looks for the driver
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..", "org.postgresql..");

    @ArchTest
    static final ArchRule onlyTheModelsSeeOpenNlp = noClasses()
            .that()
            .doNotHaveSimpleName("LanguageModel")
            .and()
            .doNotHaveSimpleName("NameModel")
            .and()
            .doNotHaveSimpleName("NameFinder")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("opennlp..");

    @ArchTest
    static final ArchRule onlyTheIndexOfPassagesSeesLucene = noClasses()
            .that()
            .doNotHaveSimpleName("PassageIndex")
            .and()
            .doNotHaveSimpleName("PatientMergeScheduler")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.lucene..");

    @ArchTest
    static final ArchRule noPackageCycles =
            slices().matching("dev.forebay.processors.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule stagesKnowNothingOfWhatRunsThem = noClasses()
            .that()
            .resideInAPackage("dev.forebay.processors.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.forebay.processors");

    @ArchTest
    static final ArchRule intakeKnowsNothingOfTheVerdict = noClasses()
            .that()
            .resideInAPackage("..processors.intake..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..processors.verdict..");

    @ArchTest
    static final ArchRule verdictKnowsNothingOfTheIntake = noClasses()
            .that()
            .resideInAPackage("..processors.verdict..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..processors.intake..");

    @ArchTest
    static final ArchRule digestCountAndCompletionKnowNothingOfTheOtherStages = noClasses()
            .that()
            .resideInAnyPackage("..processors.digest..", "..processors.count..", "..processors.completion..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..processors.intake..", "..processors.verdict..");

    @ArchTest
    static final ArchRule otherStagesKnowNothingOfDigestAndCount = noClasses()
            .that()
            .resideInAnyPackage("..processors.intake..", "..processors.verdict..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..processors.digest..", "..processors.count..");

    @ArchTest
    static final ArchRule onlyTheRunnersReadTheSystemClock = noClasses()
            .that()
            .doNotHaveSimpleName("Processors")
            .and()
            .doNotHaveSimpleName("TopologyRunner")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(InstantSource.class, "system");

    @ArchTest
    static final ArchRule nothingMatchesUntrustedTextWithABacktrackingPattern =
            noClasses().should().dependOnClassesThat().belongToAnyOf(Pattern.class);

    @ArchTest
    static final ArchRule nothingIsScheduledByStreamTime =
            noClasses().should().accessField(PunctuationType.class, "STREAM_TIME");

    @ArchTest
    static final ArchRule onlyFormatsReadCsv = noClasses()
            .that()
            .resideOutsideOfPackage("..processors.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("de.siegmar.fastcsv..");

    @ArchTest
    static final ArchRule classesAreFinal = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .should()
            .haveModifier(JavaModifier.FINAL);

    /** The classes of the stages that may see Kafka, with what is nested in them. */
    private static DescribedPredicate<JavaClass> adapters() {
        return DescribedPredicate.describe("adapters", type -> {
            Optional<JavaClass> outer = type.getEnclosingClass();
            return ADAPTERS.contains(type.getSimpleName())
                    || outer.filter(o -> ADAPTERS.contains(o.getSimpleName())).isPresent();
        });
    }
}

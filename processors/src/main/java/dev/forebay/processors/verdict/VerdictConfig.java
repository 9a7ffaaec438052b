package dev.forebay.processors.verdict;

import dev.forebay.processors.confidence.Calibrations;
import dev.forebay.processors.policy.KnownTask;
import dev.forebay.processors.policy.PlainName;
import dev.forebay.processors.rule.Expressions;
import dev.forebay.processors.verdict.Router.Routing;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code verdict} section: what may be said, when to ask a person, which results go to topics of their own.
 *
 * @param readsDecisions whether what people decide on reviewed results takes effect
 */
public record VerdictConfig(
        Calibrations calibrations,
        Moderation moderation,
        Abstention abstention,
        Router router,
        boolean readsDecisions) {

    /**
     * Reads the section and notes what is wrong with it; the result is usable only where nothing was.
     *
     * @param own the topics between the stages; of these a route may name only the results and the review topic
     */
    public static VerdictConfig read(Section verdict, Topics own, Set<String> taskNames) {
        double below = verdict.number("abstain-below", 0, 0, 1);
        Map<String, Double> byTask = new HashMap<>();
        Section abstain = verdict.section("abstain");
        for (String task : abstain.keys()) {
            byTask.put(task, abstain.number(task, 0, 0, 1));
            KnownTask.check(abstain, task, task, taskNames);
        }
        Calibrations calibrations = Calibrations.read(verdict.section("calibration"), taskNames);
        Expressions expressions = new Expressions(taskNames);
        Moderation moderation = moderation(verdict, expressions);
        Router router = router(verdict, own, expressions);
        boolean readsDecisions = verdict.flag("review-decisions", false);
        verdict.done();
        return new VerdictConfig(calibrations, moderation, new Abstention(below, byTask), router, readsDecisions);
    }

    private static Moderation moderation(Section verdict, Expressions expressions) {
        List<Moderation.Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : verdict.sections("moderation")) {
            String name = PlainName.read(section, "toxic", "results");
            checkUnique(section, name, names, "rule");
            section.requiredString("action", "review");
            rules.add(new Moderation.Rule(
                    name,
                    expressions.condition(section, "when"),
                    section.choice("action", Moderation.Action.class, Moderation.Action.REVIEW)));
            section.done();
        }
        return new Moderation(rules);
    }

    private static Router router(Section verdict, Topics own, Expressions expressions) {
        List<Route> routes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : verdict.sections("routes")) {
            Route route = RouteSection.read(section, expressions);
            checkUnique(section, route.name(), names, "route");
            RouteSection.checkTarget(section, route.to(), own, routes);
            routes.add(route);
        }
        return new Router(routes, verdict.choice("routing", Routing.class, Routing.FIRST));
    }

    private static void checkUnique(Section section, String name, Set<String> names, String kind) {
        if (!name.isEmpty() && !names.add(name)) {
            section.problem("name", "a name of its own", "Another " + kind + " has this name; rename one of them.");
        }
    }

    /** The topics of the routes, each with its format, in the order of the configuration. */
    public List<Topics.Topic> routeTopics() {
        return router.routes().stream().map(Route::to).toList();
    }
}

package dev.forebay.processors.verdict;

import dev.forebay.processors.rule.Facts;
import dev.forebay.processors.rule.UndecidedException;
import java.util.ArrayList;
import java.util.List;

/** Chooses a result's routes: of those whose condition holds, the first in the order of the configuration, or all. */
record Router(List<Route> routes, Routing routing) {
    /** How many routes a result may take. */
    enum Routing {
        FIRST,
        ALL
    }

    Router {
        routes = List.copyOf(routes);
    }

    /** @throws UndecidedException where a condition has no answer; what follows is then not asked */
    List<Route> routes(Facts facts) throws UndecidedException {
        List<Route> chosen = new ArrayList<>();
        for (Route route : routes) {
            if (route.when().isEmpty() || route.when().get().holds(facts)) {
                chosen.add(route);
                if (routing == Routing.FIRST) {
                    break;
                }
            }
        }
        return chosen;
    }
}

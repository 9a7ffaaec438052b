package dev.forebay.processors.verdict;

import dev.forebay.schemas.record.Result;
import java.util.List;
import java.util.Optional;

/** Chooses a result's route: the first, in the order of the configuration, of which the condition holds. */
record Router(List<Route> routes) {
    Router {
        routes = List.copyOf(routes);
    }

    Optional<Route> route(Result result) {
        for (Route route : routes) {
            if (route.when().holds(result)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }
}

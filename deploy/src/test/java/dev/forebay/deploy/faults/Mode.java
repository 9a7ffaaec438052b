package dev.forebay.deploy.faults;

/** How the worker under test delivers. */
enum Mode {
    EXACTLY_ONCE("exactly-once"),
    AT_LEAST_ONCE("at-least-once"),
    QUEUE("queue");

    final String key;

    Mode(String key) {
        this.key = key;
    }
}

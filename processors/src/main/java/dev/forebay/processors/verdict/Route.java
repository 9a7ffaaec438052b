package dev.forebay.processors.verdict;

import dev.forebay.schemas.Topics;

/** A rule: results for which the condition holds go to the topic. */
record Route(String name, Condition when, Topics.Topic to) {}

package dev.forebay.processors.verdict;

import dev.forebay.processors.rule.Expression;
import dev.forebay.schemas.Topics;
import java.util.Optional;

/**
 * A rule: results for which the condition holds go to the topic.
 *
 * @param when empty for every result
 * @param shape what the records of the topic look like
 */
record Route(String name, Optional<Expression> when, Topics.Topic to, Shape shape) {}

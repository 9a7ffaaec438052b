package dev.forebay.processors.verdict;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Result;

/** Where a result goes, and the result with the verdict that says so. */
record Ruling(Topics.Topic to, Result result) {}

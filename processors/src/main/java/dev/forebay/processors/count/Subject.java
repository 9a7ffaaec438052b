package dev.forebay.processors.count;

/** What is counted together. */
record Subject(String tenant, String task) {}

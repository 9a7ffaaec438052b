package dev.forebay.deploy.faults;

/** Where a record stands. */
record Position(String topic, int partition, long offset) {}

package dev.forebay.processors.digest;

/** @param id of a window within its group: its start, or, of a session, a moment within it, which stays the same */
record WindowKey(Group group, long id) {}

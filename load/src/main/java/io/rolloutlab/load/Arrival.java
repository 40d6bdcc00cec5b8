package io.rolloutlab.load;

import io.rolloutlab.history.Population;

/**
 * A request that is about to be sent.
 *
 * @param id unique in the run, from 1
 * @param user 0-based identity
 * @param population its kind of connection
 * @param index in its population, from 0
 * @param request the name of the one of the plan's requests that it is; empty where none are listed
 */
record Arrival(long id, int user, Population population, long index, String request) {
  /** Of a plan that lists no requests. */
  Arrival(long id, int user, Population population, long index) {
    this(id, user, population, index, "");
  }

  /** The request's name for Gatling: its log tells the request by it. */
  String name() {
    return (population == Population.NEW ? "n" : "r") + id;
  }
}

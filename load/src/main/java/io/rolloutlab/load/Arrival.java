package io.rolloutlab.load;

import io.rolloutlab.history.Population;

/**
 * A request that is about to be sent.
 *
 * @param id unique in the run, from 1
 * @param user 0-based identity
 * @param population its kind of connection
 * @param index in its population, from 0; of an asset that of its page
 * @param request the name of the one of the plan's requests that it is, of an asset that of its
 *     page; empty where none are listed
 * @param visit the id of the page that named it; 0 where it is no asset
 */
record Arrival(long id, int user, Population population, long index, String request, long visit) {
  /** One that is no asset. */
  Arrival(long id, int user, Population population, long index, String request) {
    this(id, user, population, index, request, 0);
  }

  /** Of a plan that lists no requests. */
  Arrival(long id, int user, Population population, long index) {
    this(id, user, population, index, "");
  }

  /** Whether it is asked for since a page named it, and not when the rate wants it. */
  boolean isAsset() {
    return visit != 0;
  }

  /** The request's name for Gatling: its log tells the request by it. */
  String name() {
    return (population == Population.NEW ? "n" : "r") + id;
  }
}

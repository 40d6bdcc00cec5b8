package io.rolloutlab.load;

import io.rolloutlab.history.Population;
import io.rolloutlab.scenario.LoadPlan;

/**
 * When the requests of one population are to be sent. Gatling spreads a second's requests over its
 * milliseconds, and a fractional rate over whole seconds; this is the same arithmetic, so that the
 * intended time of a request is the one Gatling aims at.
 *
 * @param ratePerSecond 0 for a population that is not there
 * @param seconds how long requests arrive
 * @param shiftMillis of this population against the start of the load
 */
record ArrivalSchedule(double ratePerSecond, int seconds, long shiftMillis) {

  static ArrivalSchedule of(LoadPlan plan, Population population) {
    double share = plan.newConnectionShare();
    double fresh = plan.ratePerSecond() * share;
    double reused = plan.ratePerSecond() * (1 - share);
    int seconds = (int) plan.limit().toSeconds();
    if (population == Population.NEW) {
      return new ArrivalSchedule(fresh, seconds, 0);
    }
    // Half a period of the busier population: requests of the two do not meet.
    long shift = fresh == 0 ? 0 : (long) (500 / Math.max(fresh, reused));
    return new ArrivalSchedule(reused, seconds, shift);
  }

  /** How many requests there will be. */
  long requests() {
    return Math.round(seconds * ratePerSecond);
  }

  /** When the n-th request (from 0, below {@link #requests}) is due, from the load's start. */
  long offsetMillis(long index) {
    if (index < 0 || index >= requests()) {
      throw new IllegalArgumentException(
          "there is no request %s: the schedule has %s".formatted(index, requests()));
    }
    long second = index * seconds / requests();
    while (requestsBefore(second) > index) {
      second--;
    }
    while (requestsBefore(second + 1) <= index) {
      second++;
    }
    long first = requestsBefore(second);
    long inSecond = requestsBefore(second + 1) - first;
    return shiftMillis + second * 1000 + (index - first) * 1000 / inSecond;
  }

  private long requestsBefore(long second) {
    return second >= seconds
        ? requests()
        : (long) Math.ceil((double) requests() / seconds * second);
  }
}

package io.rolloutlab.scenario.expect;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.OtherKeys;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the scenario's author expects to be measured. An absent one is not judged. Whatever is
 * expected, requests that do not reconcile make the verdict UNKNOWN.
 *
 * @param errorShareAtMost failed requests from the start of the rollout to the end of the run, over
 *     all in that time; 0 to 1
 * @param longestOutageAtMost the longest time in which no request succeeded though some were made
 * @param rolloutAtMost from the command until, up to the next command, every request is answered
 *     well and by v2
 * @param rollbackAtMost the way back once v2 had everybody: from the command until every request is
 *     answered well and by v1
 * @param abortAtMost the way back before v2 had everybody, measured in the same way
 * @param mixedVersions whether both versions answered within one second at some time
 * @param stepsWithinInterval every step's measured share, with its interval, lies within the
 *     canary's margin around its weight; too few answers to say so leave it unknown (canary)
 * @param onlyListedUsersSeeV2 the users whom a rule names get v2 and nobody else ever does
 *     (canary-ip, ab-header, ab-cookie)
 * @param endsIn what comes of the update that Swarm is ordered to make (rolling)
 * @param measures any measure of the report by its key, for example {@code p99Millis}, with its
 *     bounds in the measure's unit
 */
public record Expectations(
    Double errorShareAtMost,
    Duration longestOutageAtMost,
    Duration rolloutAtMost,
    Duration rollbackAtMost,
    Duration abortAtMost,
    Boolean mixedVersions,
    Boolean stepsWithinInterval,
    Boolean onlyListedUsersSeeV2,
    UpdateEnd endsIn,
    @OtherKeys(
            value = KnownMeasures.Keys.class,
            whereNone =
                "measures can be expected only where the module that has them, reports, is on the"
                    + " class path")
        @JsonAnySetter
        Map<String, Bound> measures) {
  public static final Expectations NONE =
      new Expectations(null, null, null, null, null, null, null, null, null, null);

  public Expectations {
    if (errorShareAtMost != null) {
      Check.between("errorShareAtMost", errorShareAtMost, 0, 1);
    }
    measures =
        measures == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }

  @JsonAnyGetter
  @Override
  public Map<String, Bound> measures() {
    return measures;
  }
}

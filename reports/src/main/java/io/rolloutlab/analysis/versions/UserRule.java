package io.rolloutlab.analysis.versions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Networks;
import io.rolloutlab.scenario.users.UserMark;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * A rule that sends some users to v2, by their addresses or by what their requests carry, checked
 * user by user. The users whom it names are called listed.
 *
 * @param addresses that are listed; empty where it names none
 * @param conditions on headers and cookies, as the routes have them; empty where it has none
 * @param inForce from the moment the edge served by it to the moment the next change was asked for;
 *     requests count that were sent and answered in it
 * @param listedUsers listed users that got an answer
 * @param unlistedUsers other users that got an answer
 * @param listedThatGotV1 user numbers, ascending; must be empty
 * @param unlistedThatGotV2 user numbers, ascending; must be empty
 * @param unlistedThatEverGotV2 at any time of the run, user numbers, ascending; must be empty
 * @param verdict PASS when all three are empty; UNKNOWN when no listed or no other user got an
 *     answer
 */
public record UserRule(
    List<String> addresses,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> conditions,
    Span inForce,
    int listedUsers,
    int unlistedUsers,
    List<Integer> listedThatGotV1,
    List<Integer> unlistedThatGotV2,
    List<Integer> unlistedThatEverGotV2,
    Verdict verdict) {
  public UserRule {
    addresses = List.copyOf(addresses);
    conditions = List.copyOf(conditions);
    listedThatGotV1 = List.copyOf(listedThatGotV1);
    unlistedThatGotV2 = List.copyOf(unlistedThatGotV2);
    unlistedThatEverGotV2 = List.copyOf(unlistedThatEverGotV2);
  }

  /**
   * Whether a user is one of those whom such a rule lists: by his address, or by what the scenario
   * has him carry.
   */
  static IntPredicate lists(Scenario scenario, List<String> addresses, List<String> conditions) {
    Networks networks = new Networks(addresses);
    Optional<UserMark> mark =
        scenario.settings().mark(scenario.load()).filter(its -> conditions.contains(its.inWords()));
    return user ->
        networks.contain(LoadPlan.addressOf(user)) || mark.flatMap(its -> its.of(user)).isPresent();
  }

  /** The same of this one. */
  public IntPredicate lists(Scenario scenario) {
    return lists(scenario, addresses, conditions);
  }

  /** All that it names, for people. */
  public List<String> named() {
    return Stream.concat(addresses.stream(), conditions.stream()).toList();
  }

  /** What was seen of it, a clause for sentences: who got what while it was in force, and ever. */
  public String inWords() {
    return ("while the rule was in force (%s) %s listed users were answered, of them %s got v1, and"
            + " %s others, of them %s got v2 then and %s at any time of the run")
        .formatted(
            Numbers.seconds(inForce.millis()),
            listedUsers,
            listedThatGotV1.size(),
            unlistedUsers,
            unlistedThatGotV2.size(),
            unlistedThatEverGotV2.size());
  }
}

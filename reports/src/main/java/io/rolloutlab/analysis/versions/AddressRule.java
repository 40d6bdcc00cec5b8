package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import java.util.List;

/**
 * A rule that sends listed client addresses to v2, checked user by user.
 *
 * @param addresses that are listed
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
public record AddressRule(
    List<String> addresses,
    Span inForce,
    int listedUsers,
    int unlistedUsers,
    List<Integer> listedThatGotV1,
    List<Integer> unlistedThatGotV2,
    List<Integer> unlistedThatEverGotV2,
    Verdict verdict) {
  public AddressRule {
    addresses = List.copyOf(addresses);
    listedThatGotV1 = List.copyOf(listedThatGotV1);
    unlistedThatGotV2 = List.copyOf(unlistedThatGotV2);
    unlistedThatEverGotV2 = List.copyOf(unlistedThatEverGotV2);
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

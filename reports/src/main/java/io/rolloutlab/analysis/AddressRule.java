package io.rolloutlab.analysis;

import java.util.List;

/**
 * A rule that sends listed client addresses to v2, checked user by user.
 *
 * @param addresses that are listed
 * @param inForce from the moment nginx served by it to the moment the next change was asked for;
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
}

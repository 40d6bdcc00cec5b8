package io.rolloutlab.rollout.ab;

import io.rolloutlab.rollout.RuleRollout;
import io.rolloutlab.scenario.Scenario;

/** A group of users gets a second service for a while; nobody else does. */
abstract class GroupRollout extends RuleRollout {
  @Override
  protected Rule rule(Scenario scenario) {
    GroupSettings plan = (GroupSettings) scenario.settings();
    return new Rule(
        "v2 for a group of users",
        "the group to v2",
        GroupSettings.SECOND,
        plan.replicas(),
        plan.condition(),
        plan.hold());
  }
}

package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.VersionPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** Compares who got v2 by a rule with who should have. */
public final class RuleAnalysis {
  private final RequestTable table;
  private final Scenario scenario;

  private RuleAnalysis(RequestTable table, Scenario scenario) {
    this.table = table;
    this.scenario = scenario;
  }

  /** Every rule that was in force, in the order in which they were. */
  public static List<UserRule> of(RequestTable table, Journal journal, Scenario scenario) {
    RuleAnalysis analysis = new RuleAnalysis(table, scenario);
    List<Journal.EdgeChange> changes = journal.edgeChanges();
    List<UserRule> rules = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      long until =
          i + 1 < changes.size()
              ? changes.get(i + 1).atMillis()
              : table.timeline.measured().endMillis() + 1;
      List<String> addresses = ofV2(changes.get(i), Event.Route::addresses);
      List<String> conditions = ofV2(changes.get(i), Event.Route::conditions);
      if (!addresses.isEmpty() || !conditions.isEmpty()) {
        long from = changes.get(i).doneAtMillis();
        rules.add(analysis.rule(addresses, conditions, new Span(from, Math.max(from, until))));
      }
    }
    return rules;
  }

  private static List<String> ofV2(
      Journal.EdgeChange change, Function<Event.Route, List<String>> what) {
    return change.routes().stream()
        .filter(route -> route.version().equals(VersionPlan.V2))
        .flatMap(route -> what.apply(route).stream())
        .toList();
  }

  private UserRule rule(List<String> addresses, List<String> conditions, Span inForce) {
    BitSet listed = listed(addresses, conditions);
    BitSet gotV1 = new BitSet();
    BitSet gotV2 = new BitSet();
    BitSet everGotV2 = new BitSet();
    for (int i = 0; i < table.size; i++) {
      boolean v2 = table.version(i) == RequestTable.V2;
      if (v2) {
        everGotV2.set(table.user[i]);
      }
      if (table.version(i) != 0 && table.within(i, inForce)) {
        (v2 ? gotV2 : gotV1).set(table.user[i]);
      }
    }
    BitSet answered = (BitSet) gotV1.clone();
    answered.or(gotV2);
    int listedUsers = and(answered, listed).cardinality();
    int others = answered.cardinality() - listedUsers;
    List<Integer> wrongV1 = numbers(and(gotV1, listed));
    gotV2.andNot(listed);
    everGotV2.andNot(listed);
    return new UserRule(
        addresses,
        conditions,
        inForce,
        listedUsers,
        others,
        wrongV1,
        numbers(gotV2),
        numbers(everGotV2),
        judge(wrongV1.isEmpty() && everGotV2.isEmpty(), listedUsers, others));
  }

  private static Verdict judge(boolean kept, int listedUsers, int others) {
    if (!kept) {
      return Verdict.FAIL;
    }
    return listedUsers == 0 || others == 0 ? Verdict.UNKNOWN : Verdict.PASS;
  }

  private BitSet listed(List<String> addresses, List<String> conditions) {
    BitSet seen = new BitSet();
    for (int user : table.user) {
      seen.set(user);
    }
    BitSet listed = new BitSet();
    seen.stream().filter(UserRule.lists(scenario, addresses, conditions)).forEach(listed::set);
    return listed;
  }

  private static BitSet and(BitSet some, BitSet others) {
    BitSet both = (BitSet) some.clone();
    both.and(others);
    return both;
  }

  private static List<Integer> numbers(BitSet users) {
    return users.stream().boxed().toList();
  }
}

package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Networks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Compares who got the canary with who should have. */
public final class CanaryAnalysis {
  /** A right share is called wrong at most once in a thousand steps. */
  private static final double SURELY_WRONG = 0.999;

  private final RequestTable table;

  private CanaryAnalysis(RequestTable table) {
    this.table = table;
  }

  public static List<CanaryStep> steps(
      History history, RequestTable table, List<Exposure> exposures) {
    CanaryPlan plan =
        history.manifest().scenario().settings(CanaryPlan.class).orElse(CanaryPlan.DEFAULT);
    CanaryAnalysis analysis = new CanaryAnalysis(table);
    return history
        .events(Event.ShareHeld.class)
        .map(held -> analysis.step(held, plan, exposures))
        .toList();
  }

  private CanaryStep step(Event.ShareHeld held, CanaryPlan plan, List<Exposure> exposures) {
    long zero = table.timeline.zeroAtEpochMillis();
    Span span = new Span(held.atMillis() - zero, held.untilMillis() - zero);
    Share share = answersByV2(span, plan.confidence());
    Share users =
        exposures.stream()
            .filter(exposure -> exposure.passage().covers(span.startMillis()))
            .findFirst()
            .map(exposure -> exposure.usersBefore(span.endMillis()))
            .orElse(Share.counted(0, 0));
    double weight = held.canaryPercent() / 100.0;
    double margin = plan.margin(weight);
    return new CanaryStep(
        held.label(), span, weight, margin, share, users, judge(share, weight, margin));
  }

  private Share answersByV2(Span span, double confidence) {
    int v2 = 0;
    int all = 0;
    for (int i = 0; i < table.size; i++) {
      if (table.version(i) != 0 && within(i, span)) {
        all++;
        v2 += table.version(i) == RequestTable.V2 ? 1 : 0;
      }
    }
    return Share.of(v2, all, confidence);
  }

  private static Verdict judge(Share share, double weight, double margin) {
    // Wilson's interval reaches 0 or 1 only when no or every answer was v2: all means all. That of
    // no answers holds both.
    boolean mustBeExact = weight <= 0 || weight >= 1;
    if (mustBeExact && !share.contains(weight)) {
      return Verdict.FAIL;
    }
    boolean outside = share.low() > weight + margin || share.high() < weight - margin;
    if (outside && !couldBeChance(share, weight)) {
      return Verdict.FAIL;
    }
    boolean within = share.low() >= weight - margin && share.high() <= weight + margin;
    return within ? Verdict.PASS : Verdict.UNKNOWN;
  }

  /** Of a handful of answers even a wide interval misses the right share now and then. */
  private static boolean couldBeChance(Share share, double weight) {
    return Share.of(share.count(), share.total(), SURELY_WRONG).contains(weight);
  }

  public static List<AddressRule> rules(RequestTable table, Journal journal) {
    CanaryAnalysis analysis = new CanaryAnalysis(table);
    List<Journal.EdgeChange> changes = journal.edgeChanges();
    List<AddressRule> rules = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      long until =
          i + 1 < changes.size()
              ? changes.get(i + 1).atMillis()
              : table.timeline.measured().endMillis() + 1;
      List<String> addresses =
          changes.get(i).routes().stream()
              .filter(route -> route.version().equals(VersionPlan.V2))
              .flatMap(route -> route.addresses().stream())
              .toList();
      if (!addresses.isEmpty()) {
        long from = changes.get(i).doneAtMillis();
        rules.add(analysis.rule(addresses, new Span(from, Math.max(from, until))));
      }
    }
    return rules;
  }

  private AddressRule rule(List<String> addresses, Span inForce) {
    BitSet listed = listed(addresses);
    BitSet gotV1 = new BitSet();
    BitSet gotV2 = new BitSet();
    BitSet everGotV2 = new BitSet();
    for (int i = 0; i < table.size; i++) {
      boolean v2 = table.version(i) == RequestTable.V2;
      if (v2) {
        everGotV2.set(table.user[i]);
      }
      if (table.version(i) != 0 && within(i, inForce)) {
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
    Verdict verdict =
        !wrongV1.isEmpty() || !everGotV2.isEmpty()
            ? Verdict.FAIL
            : listedUsers == 0 || others == 0 ? Verdict.UNKNOWN : Verdict.PASS;
    return new AddressRule(
        addresses,
        inForce,
        listedUsers,
        others,
        wrongV1,
        numbers(gotV2),
        numbers(everGotV2),
        verdict);
  }

  private BitSet listed(List<String> addresses) {
    Networks networks = new Networks(addresses);
    BitSet seen = new BitSet();
    for (int user : table.user) {
      seen.set(user);
    }
    BitSet listed = new BitSet();
    seen.stream().filter(user -> networks.contain(LoadPlan.addressOf(user))).forEach(listed::set);
    return listed;
  }

  private boolean within(int i, Span span) {
    return table.sent[i] >= span.startMillis() && table.end[i] < span.endMillis();
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

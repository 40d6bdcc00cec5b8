package io.rolloutlab.doctor;

import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Asks every rule about every service of a stack. */
public final class Doctor {
  private final List<Rule> rules;

  private Doctor(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * One who knows all rules that are found.
   *
   * @throws IllegalStateException when two have one name
   */
  public static Doctor withAllRules() {
    List<Rule> all = new ArrayList<>();
    for (Rule rule : ServiceLoader.load(Rule.class)) {
      if (all.stream().anyMatch(other -> other.about().name().equals(rule.about().name()))) {
        throw new IllegalStateException(
            "there is more than one rule with the name \"%s\", the last one is %s: rename it"
                .formatted(rule.about().name(), rule.getClass().getName()));
      }
      all.add(rule);
    }
    return new Doctor(List.copyOf(all));
  }

  /** All rules, in the order in which they were found. */
  public List<Rule> rules() {
    return rules;
  }

  /** The change that a finding speaks of, of the stack that it was found in; see {@link Rule}. */
  public Optional<Remedy> remedy(Finding finding, Stack stack) {
    return rules.stream()
        .filter(rule -> rule.about().name().equals(finding.rule()))
        .findFirst()
        .flatMap(
            rule ->
                stack.service(finding.service()).flatMap(service -> rule.remedy(finding, service)));
  }

  /** What the rules find, in the order of the files. Jobs end by themselves: none is looked at. */
  public Diagnosis diagnose(Stack stack) {
    List<Finding> findings = new ArrayList<>();
    for (StackService service : stack.services()) {
      if (service.scale().isReplicated() || service.scale().isGlobal()) {
        rules.forEach(rule -> findings.addAll(rule.judge(service, stack)));
      }
    }
    return new Diagnosis(stack, findings.stream().sorted().toList());
  }
}

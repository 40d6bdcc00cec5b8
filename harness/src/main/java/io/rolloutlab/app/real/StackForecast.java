package io.rolloutlab.app.real;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.deploy.OwnImage;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.testbed.Commands;
import java.io.PrintStream;
import java.util.List;

/** What docker would be given of a stack, told in place of a run of it. */
public record StackForecast(StackRollout stack) {
  /**
   * Tells each change of the files with its line. No engine is asked, so what depends on its kernel
   * is told for both kinds.
   */
  public void tell(PrintStream out) {
    Scenario scenario = stack.scenario();
    List<StackNote> byAddress = changes(Balancing.DNSRR);
    List<StackNote> virtual =
        scenario.balancing() == Balancing.DNSRR ? byAddress : changes(Balancing.VIP);
    tell(
        "%s: docker would be given the stack with these changes:".formatted(scenario.name()),
        common(byAddress, virtual),
        out);
    tell("Where the engine's kernel has IPVS, with these as well:", only(virtual, byAddress), out);
    tell(
        "Where the engine's kernel has no IPVS, with these as well:",
        only(byAddress, virtual),
        out);
    List<String> images = stack.ownImages().stream().map(OwnImage::name).toList();
    if (!images.isEmpty()) {
      out.println(
          "No engine was asked whether it has these images, or can pull them: "
              + String.join(", ", images));
    }
  }

  private List<StackNote> changes(Balancing balancing) {
    return stack.deployed(balancing, Commands.NETWORK).notes();
  }

  private static List<StackNote> common(List<StackNote> some, List<StackNote> others) {
    return some.stream().filter(others::contains).toList();
  }

  private static List<StackNote> only(List<StackNote> some, List<StackNote> others) {
    return some.stream().filter(note -> !others.contains(note)).toList();
  }

  private static void tell(String head, List<StackNote> changes, PrintStream out) {
    if (!changes.isEmpty()) {
      out.println(head);
      changes.forEach(note -> out.println(note.print()));
    }
  }
}

package io.rolloutlab.stack.scenario;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.deploy.StackRollout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads scenario files of both kinds: about the lab's own service, and about a stack. */
public final class ScenarioFiles {
  private final StackForm form;
  private final ScenarioReader reader;

  /**
   * @param environment in which variables of stack files are looked up
   * @param patience of scenarios that say none; empty for the usual one
   */
  public ScenarioFiles(Map<String, String> environment, Optional<Patience> patience) {
    form = new StackForm(environment, patience.orElse(Patience.USUAL));
    reader = new ScenarioReader(patience, form);
  }

  /**
   * Reads files, and every {@code *.yaml} or {@code *.yml} of folders; baselines first, then by
   * name. What one of them names as its stack, or as its candidate, is no scenario.
   *
   * @throws io.rolloutlab.scenario.read.InvalidScenarioException when one is not a scenario, or one
   *     about a stack that cannot be deployed, two have one name, or there is none
   */
  public List<AskedScenario> readAll(List<Path> filesAndFolders) {
    return reader.readAll(filesAndFolders).stream().map(this::asked).toList();
  }

  private AskedScenario asked(Scenario scenario) {
    Path file = reader.file(scenario);
    List<String> warnings = reader.warnings(scenario);
    Optional<StackForm.Found> found = form.found(file);
    if (found.isEmpty()) {
      Place top = new Place(file.toString(), 1);
      return new AskedScenario(scenario, Optional.empty(), top, warnings);
    }
    StackRollout stack = found.get().asked().rollout(scenario);
    return new AskedScenario(stack.scenario(), Optional.of(stack), found.get().place(), warnings);
  }
}

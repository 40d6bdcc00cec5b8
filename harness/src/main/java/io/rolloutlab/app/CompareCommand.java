package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.choice.RunChoice;
import io.rolloutlab.app.console.MavenNotes;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.folder.FreshFolder;
import io.rolloutlab.change.ChangeSummary;
import io.rolloutlab.change.Changes;
import io.rolloutlab.change.Side;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.html.ComparePage;
import io.rolloutlab.swarm.cluster.Engine;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changed between two lots of recorded runs, beyond noise: no Docker is needed. */
@Command(
    name = "compare",
    description =
        "Holds two batches or runs against each other, scenario by scenario, and says what changed"
            + " beyond noise; needs no Docker.")
final class CompareCommand implements Callable<Integer> {
  private static final String FOLDER = "compare";

  @Parameters(
      paramLabel = "A B",
      defaultValue = "${sys:lab.runs}",
      split = ",",
      description = {
        "Two names: each the folder of a run, of a batch or of all runs (or one that holds such"
            + " folders, down to "
            + Folders.DEPTH
            + " levels), the name of a batch, the name of a scenario of the newest batch, or"
            + " BATCH/SCENARIO. Runs of one scenario on a side are repeats."
      })
  private List<String> names = List.of();

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description =
          "Whose batches are meant by names, and where the page goes: into its folder compare"
              + " (twin/compare of simulated runs). Default: target/rollout-lab")
  private Path into;

  /** That something changed is what the page says, and no failure of making it. */
  @Override
  public Integer call() {
    try {
      Path target = Folders.target(Engine.home(), into);
      Folders.logInto(target);
      List<String> two = two();
      Changes changes =
          Changes.between(side(Side.A, two.get(0), target), side(Side.B, two.get(1), target));
      System.out.println();
      System.out.print(ChangeSummary.of(changes));
      Path place = changes.simulated() ? target.resolve(SimulateCommand.FOLDER) : target;
      return page(changes, place.resolve(FOLDER));
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }

  private static int page(Changes changes, Path folder) {
    FreshFolder fresh = new FreshFolder(folder);
    try {
      Path page = folder.resolve(ComparePage.render(changes, fresh.path()).getFileName());
      fresh.takePlace();
      MavenNotes.page(page, System.out);
      return Lab.PASSED;
    } catch (UncheckedIOException | IllegalStateException failed) {
      System.out.println("The page cannot be made, an earlier one stays: " + failed.getMessage());
      return Lab.NOT_PASSED;
    } finally {
      fresh.discard();
    }
  }

  private List<String> two() {
    List<String> named =
        names == null
            ? List.of()
            : names.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
    if (named.size() != 2) {
      throw new IllegalArgumentException(
          "compare takes two names, A and B, but there %s: `lab compare BATCH BATCH`, or"
                  .formatted(
                      named.isEmpty()
                          ? "are none"
                          : named.size() == 1
                              ? "is one (%s)".formatted(named.get(0))
                              : "are %s (%s)".formatted(named.size(), String.join(", ", named)))
              + " -Dlab.runs=A,B; `lab report --help` says what can be named");
    }
    return named;
  }

  private static Side side(String letter, String name, Path target) {
    RunChoice.Chosen chosen = RunChoice.in(batches(name, target), List.of(name));
    System.out.printf("%s: analysing %s%n", letter, chosen.words());
    List<Findings> runs =
        Batch.judged(
            chosen.runs().stream().map(run -> Analysis.analyse(HistoryReader.read(run))).toList());
    return new Side(
        letter,
        chosen.batch().isPresent() || chosen.words().contains(name)
            ? chosen.words()
            : "%s (%s)".formatted(name, chosen.words()),
        runs);
  }

  /** Where a name is that of a simulated batch, or of a run in one, it is looked for there. */
  private static Path batches(String name, Path target) {
    Path simulated = target.resolve(SimulateCommand.FOLDER);
    try {
      boolean real = Files.isDirectory(Batches.in(target).folder().resolve(name));
      return !real && Files.isDirectory(Batches.in(simulated).folder().resolve(name))
          ? simulated
          : target;
    } catch (InvalidPathException notEvenAPath) {
      return target;
    }
  }
}

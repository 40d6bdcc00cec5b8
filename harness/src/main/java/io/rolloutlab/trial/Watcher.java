package io.rolloutlab.trial;

import io.rolloutlab.testbed.Traffic;
import java.util.function.Supplier;

/** Is told how a trial goes, so that people can be told. Called from any thread. */
public interface Watcher {
  /** What is being done now. */
  void phase(String label);

  /** Something worth a line. */
  void note(String line);

  /** Where live numbers come from; replaces an earlier source. */
  void traffic(Supplier<Traffic.Counts> counts);
}

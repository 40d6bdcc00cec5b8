package io.rolloutlab.load;

import io.gatling.app.Gatling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;

/**
 * The child process: Gatling with {@link LoadSimulation}. Its one argument is the load's folder.
 */
public final class LoadMain {
  /** It did not end within its time after the parent let go. */
  static final int EXIT_HALTED = 75;

  /** The recording could not be written. */
  static final int EXIT_UNRECORDED = 74;

  /** How long Gatling may take to wind up when no request is in flight any more. */
  static final Duration WIND_UP = Duration.ofSeconds(10);

  private LoadMain() {}

  public static void main(String[] arguments) throws IOException, BackingStoreException {
    LoadFolder folder = new LoadFolder(Path.of(arguments[0]));
    Duration drain = folder.readJob().plan().requestTimeout();
    ParentLink.open(drain.plus(WIND_UP));
    forgetNewerVersions();
    System.setProperty(LoadSimulation.FOLDER, folder.path().toString());
    // Gatling ends this JVM: 0 also when requests failed, 1 when it crashed.
    Gatling.main(
        new String[] {
          "-s", LoadSimulation.class.getName(), "-rf", folder.gatling().toString(), "-nr"
        });
  }

  /**
   * Gatling asks Maven Central for its newest version unless it did so lately: here it did, far in
   * the future. There is no switch for it.
   */
  private static void forgetNewerVersions() throws BackingStoreException {
    Preferences version = Preferences.userRoot().node("/io/gatling/latestVersion");
    version.putLong("lastCheckTimestamp", Long.MAX_VALUE / 2);
    version.putBoolean("lastCheckSuccess", false);
    version.flush();
  }
}

package io.rolloutlab.scenario;

/**
 * The nodes of the Swarm: {@code managerN} (further ones {@code managerN2}, {@code managerN3}) and
 * {@code workerN1}, {@code workerN2}, ...
 *
 * @param managers 1 to 7, odd so that a majority exists; default 1
 * @param workers 0 to 20; default 3
 */
public record ClusterPlan(Integer managers, Integer workers) {
  public static final ClusterPlan DEFAULT = new ClusterPlan(null, null);

  public ClusterPlan {
    managers = Check.orElse(managers, 1);
    workers = Check.orElse(workers, 3);
    Check.between("managers", managers, 1, 7);
    Check.that(managers % 2 == 1, "managers must be odd, so that a majority exists: " + managers);
    Check.between("workers", workers, 0, 20);
  }
}

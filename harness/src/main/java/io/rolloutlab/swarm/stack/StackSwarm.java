package io.rolloutlab.swarm.stack;

import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.Swarm;

/**
 * The services of a Swarm, of which docker itself makes and updates one, with all of its stack.
 *
 * @param real all else
 * @param service that comes with the stack
 * @param docker deploys
 * @param others the stack's other services
 * @param ordered is told that what was seen before is no answer any more
 */
record StackSwarm(
    Swarm real, String service, StackDeploy docker, OtherServices others, Runnable ordered)
    implements Swarm {
  /** With its stack; returns when the other services run as well, or will not. */
  @Override
  public void create(ServiceSpec spec) {
    if (spec.name().equals(service)) {
      deploy(spec);
      others.await();
    } else {
      real.create(spec);
    }
  }

  @Override
  public void update(ServiceSpec spec) {
    if (spec.name().equals(service)) {
      deploy(spec);
    } else {
      real.update(spec);
    }
  }

  private void deploy(ServiceSpec spec) {
    docker.deploy(spec.version());
    ordered.run();
  }

  @Override
  public void rollBack(String name) {
    real.rollBack(name);
  }

  @Override
  public void scale(String name, int replicas) {
    real.scale(name, replicas);
  }

  @Override
  public void remove(String name) {
    real.remove(name);
  }

  @Override
  public ServiceView view(String name) {
    return real.view(name);
  }

  /** A service may say in its log what it is told: variables, secrets. */
  @Override
  public String diagnosis(String name) {
    return docker.secrets().maskedIn(real.diagnosis(name));
  }
}

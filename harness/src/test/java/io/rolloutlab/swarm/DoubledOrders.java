package io.rolloutlab.swarm;

import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Nodes;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Testbed;
import io.rolloutlab.testbed.Timeline;
import io.rolloutlab.testbed.Traffic;

/**
 * A testbed whose orders go to a second Swarm as well. The first one carries them out and is waited
 * for; the second one only takes them down.
 */
record DoubledOrders(Testbed first, Swarm second, Runnable afterOrder) implements Testbed {
  @Override
  public Swarm swarm() {
    return new Swarm() {
      @Override
      public void create(ServiceSpec spec) {
        first.swarm().create(spec);
        second.create(spec);
        afterOrder.run();
      }

      @Override
      public void update(ServiceSpec spec) {
        first.swarm().update(spec);
        second.update(spec);
        afterOrder.run();
      }

      @Override
      public void rollBack(String service) {
        first.swarm().rollBack(service);
        second.rollBack(service);
        afterOrder.run();
      }

      @Override
      public void scale(String service, int replicas) {
        first.swarm().scale(service, replicas);
        second.scale(service, replicas);
        afterOrder.run();
      }

      @Override
      public void remove(String service) {
        first.swarm().remove(service);
        second.remove(service);
        afterOrder.run();
      }

      @Override
      public ServiceView view(String service) {
        return first.swarm().view(service);
      }

      @Override
      public String diagnosis(String service) {
        return first.swarm().diagnosis(service);
      }
    };
  }

  @Override
  public Edge edge() {
    return first.edge();
  }

  @Override
  public Traffic traffic() {
    return first.traffic();
  }

  @Override
  public Nodes nodes() {
    return first.nodes();
  }

  @Override
  public Timeline timeline() {
    return first.timeline();
  }

  @Override
  public Recorder recorder() {
    return first.recorder();
  }

  @Override
  public Commands commands() {
    return first.commands();
  }

  @Override
  public void close() {
    first.close();
  }
}

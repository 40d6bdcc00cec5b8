package io.rolloutlab.swarm;

import io.rolloutlab.testbed.ForwardingTestbed;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Testbed;

/**
 * A testbed whose orders go to a second Swarm as well. The first one carries them out and is waited
 * for; the second one only takes them down.
 */
record DoubledOrders(Testbed real, Swarm second, Runnable afterOrder) implements ForwardingTestbed {
  @Override
  public Swarm swarm() {
    return new Swarm() {
      @Override
      public void create(ServiceSpec spec) {
        real.swarm().create(spec);
        second.create(spec);
        afterOrder.run();
      }

      @Override
      public void update(ServiceSpec spec) {
        real.swarm().update(spec);
        second.update(spec);
        afterOrder.run();
      }

      @Override
      public void rollBack(String service) {
        real.swarm().rollBack(service);
        second.rollBack(service);
        afterOrder.run();
      }

      @Override
      public void scale(String service, int replicas) {
        real.swarm().scale(service, replicas);
        second.scale(service, replicas);
        afterOrder.run();
      }

      @Override
      public void remove(String service) {
        real.swarm().remove(service);
        second.remove(service);
        afterOrder.run();
      }

      @Override
      public ServiceView view(String service) {
        return real.swarm().view(service);
      }

      @Override
      public String diagnosis(String service) {
        return real.swarm().diagnosis(service);
      }
    };
  }
}

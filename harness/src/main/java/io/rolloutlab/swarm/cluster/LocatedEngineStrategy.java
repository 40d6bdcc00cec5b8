package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Tells Testcontainers to use the engine the lab has located; found by it as a service. Its own
 * search knows neither the engine's private socket nor docker contexts.
 */
public final class LocatedEngineStrategy extends DockerClientProviderStrategy {
  private DockerClient client;
  private URI its;

  @Override
  public String getDescription() {
    return "the engine located by docker/engine";
  }

  @Override
  protected int getPriority() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected boolean isPersistable() {
    return false;
  }

  @Override
  public TransportConfig getTransportConfig() {
    return TransportConfig.builder().dockerHost(Engine.located()).sslConfig(Engine.tls()).build();
  }

  /**
   * A client of whichever engine is located when it is asked. Testcontainers keeps the first one
   * that it gets for good, and the lab makes the nodes' data root with the engine of this host
   * before it moves to that of a machine.
   */
  @Override
  public DockerClient getDockerClient() {
    return (DockerClient)
        Proxy.newProxyInstance(
            DockerClient.class.getClassLoader(),
            new Class<?>[] {DockerClient.class},
            (proxy, asked, arguments) -> answer(asked, arguments));
  }

  private Object answer(Method asked, Object[] arguments) throws Throwable {
    try {
      return asked.invoke(current(), arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  private synchronized DockerClient current() {
    if (!Engine.located().equals(its)) {
      client = Engine.client();
      its = Engine.located();
    }
    return client;
  }
}

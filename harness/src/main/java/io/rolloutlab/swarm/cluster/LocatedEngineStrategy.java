package io.rolloutlab.swarm.cluster;

import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Tells Testcontainers to use the engine the lab has located; found by it as a service. Its own
 * search knows neither the engine's private socket nor docker contexts.
 */
public final class LocatedEngineStrategy extends DockerClientProviderStrategy {
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
}

package io.rolloutlab.testbed;

import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import java.util.List;

/**
 * The docker commands a person would type for what the other ports do. Who types them has the same
 * services as the lab. Values of secret variables ({@link io.rolloutlab.scenario.check.Secrets})
 * are not in them.
 */
public interface Commands {
  /** The service in front, of whatever kind it is. */
  String EDGE = EdgePlan.SERVICE;

  /** The network all services share. */
  String NETWORK = "lab";

  /** How services are balanced: vip or dnsrr. */
  Balancing balancing();

  /** Creates a service of the app. */
  String create(ServiceSpec spec);

  /**
   * Gives a service another version.
   *
   * @param from what it runs now: variables that only this one has are removed
   */
  String update(ServiceSpec from, ServiceSpec spec);

  /** Takes a service back to its previous spec. */
  String rollBack(String service);

  /** Sets the number of replicas. */
  String scale(String service, int replicas);

  /** Removes a service. */
  String remove(String service);

  /** Tells Swarm what it may do with a node. */
  String availability(String hostname, Availability its);

  /** Gives the nodes their labels; none where there are none. */
  List<String> label(ClusterPlan plan);

  /** Creates the network and the edge. */
  List<String> createEdge(EdgePlan plan);

  /**
   * Brings a new configuration, in a file, to every task of the edge: to those that run, or to new
   * ones in their place.
   *
   * @param number how many the edge has been given with this one, from 1
   */
  List<String> changeRoutes(EdgePlan plan, int number);

  /** How many containers the edge has: a port published in host mode can be taken once a node. */
  int edgeReplicas(EdgePlan plan);
}

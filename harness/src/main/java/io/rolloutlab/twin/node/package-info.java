/**
 * The simulated nodes: an agent, the containers it starts, probes and stops, and the machine they
 * share.
 */
package io.rolloutlab.twin.node;

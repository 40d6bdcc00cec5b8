/**
 * The Swarm that is asked for: its nodes, which of them a constraint allows, and how connections
 * are spread.
 */
package io.rolloutlab.scenario.cluster;

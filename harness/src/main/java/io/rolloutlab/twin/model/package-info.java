/**
 * What the simulated Swarm is made of, known to its manager, its nodes and its edge: services,
 * tasks, nodes, their names and addresses, the app that a task runs, and how long things take.
 */
package io.rolloutlab.twin.model;

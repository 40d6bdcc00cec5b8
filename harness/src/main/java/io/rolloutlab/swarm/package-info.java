/**
 * The real thing: nodes as containers of an engine, a Swarm on them, nginx in front, and everything
 * that watches. Implements the ports of {@code testbed}.
 */
package io.rolloutlab.swarm;

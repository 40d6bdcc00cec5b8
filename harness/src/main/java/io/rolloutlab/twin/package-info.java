/**
 * A simulated Swarm behind the same ports as the real one, so that strategies run on it unmodified:
 * one thread, one queue of events ordered by time and then by the order in which they were asked
 * for, virtual time, one seed for everything random. The same scenario and seed give the same
 * history, byte for byte.
 *
 * <p>Rules of Swarm are cited where they are followed, by the file of swarmkit or moby they were
 * read in (August 2026), and hold for the engine the live runs had, 26.1.5, unless said otherwise.
 * What is only inferred is marked [i]. How long things take is in {@link
 * io.rolloutlab.twin.model.TwinSettings}, and nowhere else.
 */
package io.rolloutlab.twin;

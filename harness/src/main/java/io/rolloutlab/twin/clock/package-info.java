/** Time and chance of the simulated Swarm: one queue of events in virtual time, one seed. */
package io.rolloutlab.twin.clock;

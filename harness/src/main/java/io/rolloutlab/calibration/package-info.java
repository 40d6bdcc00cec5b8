/** Reads the latencies of the simulated Swarm off recorded real runs. */
package io.rolloutlab.calibration;

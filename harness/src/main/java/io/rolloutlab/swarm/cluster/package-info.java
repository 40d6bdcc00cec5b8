/**
 * Making and removing a cluster: engine, images, nodes as containers, certificates, the volume they
 * share; and the time and the streams of real machines.
 */
package io.rolloutlab.swarm.cluster;

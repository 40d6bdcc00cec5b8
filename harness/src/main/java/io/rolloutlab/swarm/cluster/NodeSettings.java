package io.rolloutlab.swarm.cluster;

import io.rolloutlab.scenario.check.Patience;

/**
 * What all nodes of a run have in common.
 *
 * @param run id
 * @param image of the node, a tag
 * @param network id of the bridge between the nodes
 * @param golden folder in the volume that a node's data root is cloned from; empty for none
 * @param certificates of the run
 * @param place where their ports are published, and reached
 * @param patience with which they are waited for
 */
record NodeSettings(
    String run,
    String image,
    String network,
    String golden,
    Certificates certificates,
    EnginePlace place,
    Patience patience) {}

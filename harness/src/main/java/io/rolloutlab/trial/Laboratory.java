package io.rolloutlab.trial;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.swarm.cluster.EnginePlace;
import io.rolloutlab.swarm.cluster.Images;
import java.util.function.BooleanSupplier;

/**
 * What the trials of one call share.
 *
 * @param docker client of the engine that the nodes run on
 * @param place of that engine
 * @param images builds what is missing, once
 * @param stopped whether somebody asked to stop
 * @param commit of the lab itself
 * @param gatling version
 */
public record Laboratory(
    DockerClient docker,
    EnginePlace place,
    Images images,
    BooleanSupplier stopped,
    Commit commit,
    String gatling) {}

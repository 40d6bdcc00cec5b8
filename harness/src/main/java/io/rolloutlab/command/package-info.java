/**
 * One description of what Swarm is to do, from which both are made: what a person types into
 * docker's client, and what the lab sends to the engine. {@code TypedCommandsIT} types the one,
 * lets the lab send the other, and compares what Swarm then has.
 */
package io.rolloutlab.command;

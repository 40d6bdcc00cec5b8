/**
 * A stack file of version 3.x as {@code docker stack deploy} takes it, as immutable records whose
 * values know the file and the line that they stand in, with the defaults that docker and Swarm put
 * in the place of what is not said.
 */
package io.rolloutlab.stack;

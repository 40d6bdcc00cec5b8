/**
 * What {@code docker stack deploy} is given of somebody's stack file: the file, with as few changes
 * as the lab needs, each of which is told with its line.
 */
package io.rolloutlab.stack.deploy;

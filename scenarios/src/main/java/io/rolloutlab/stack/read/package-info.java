/**
 * Reads stack files: YAML with anchors and merges, variables, what {@code docker stack deploy}
 * refuses and what it ignores, several files laid over each other. Every complaint has file, line
 * and key.
 */
package io.rolloutlab.stack.read;

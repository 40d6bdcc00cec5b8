/**
 * Which way the requests of a run took: over which port to which tasks of the edge, and from there
 * to whom, as far as the record says it.
 */
package io.rolloutlab.analysis.way;

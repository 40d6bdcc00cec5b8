/**
 * The strict reader: YAML with line numbers, keys of earlier labs, what cannot work together and
 * what has no effect. It adds file, line and key to every complaint.
 */
package io.rolloutlab.scenario.read;

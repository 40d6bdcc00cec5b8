/**
 * The one list of measures: what each number of a run is called, in which unit, how it is read off
 * what was found out, and when two runs are told apart by it. Comparisons, files, sweeps and
 * expectations take theirs from it.
 */
package io.rolloutlab.analysis.measure;

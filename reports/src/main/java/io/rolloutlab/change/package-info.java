/**
 * What changed between two lots of runs, beyond noise: the runs of each scenario on both sides, and
 * which of their numbers are told apart.
 */
package io.rolloutlab.change;

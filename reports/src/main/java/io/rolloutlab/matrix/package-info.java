/**
 * What came of a matrix: its cells, when two of them are told apart, and what to choose by them.
 */
package io.rolloutlab.matrix;

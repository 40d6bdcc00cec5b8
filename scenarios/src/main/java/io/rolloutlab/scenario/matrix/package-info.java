/** What a matrix asks: strategies, situations, and the scenario of every pair of them. */
package io.rolloutlab.scenario.matrix;

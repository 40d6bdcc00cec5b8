/**
 * What a run cost: tasks and their states, CPU time and memory of the containers, and how busy the
 * machine was.
 */
package io.rolloutlab.analysis.cost;

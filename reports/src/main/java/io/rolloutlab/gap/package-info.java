/**
 * Real runs beside simulated ones of the same scenarios, goal by goal. Only here do the two meet.
 */
package io.rolloutlab.gap;

/** How far chance reaches between two lots of runs that have one number each. */
package io.rolloutlab.chance;

/** Strategies that give v2 to a group of users whom their requests name, and to nobody else. */
package io.rolloutlab.rollout.ab;

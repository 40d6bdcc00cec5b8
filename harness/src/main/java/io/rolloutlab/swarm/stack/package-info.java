/**
 * The ports where docker itself deploys: its own client, on a manager, is given somebody's stack
 * file; all else is as of any other run.
 */
package io.rolloutlab.swarm.stack;

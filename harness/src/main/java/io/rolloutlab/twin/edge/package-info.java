/** The simulated edge: nginx with its workers, kept connections, upstreams and tries. */
package io.rolloutlab.twin.edge;

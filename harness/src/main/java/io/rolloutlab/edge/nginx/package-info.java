/** nginx, with the image of {@code docker/edge}. */
package io.rolloutlab.edge.nginx;

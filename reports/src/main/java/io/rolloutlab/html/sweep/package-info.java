/** What the page of a sweep shows: what settings cost, and what each of them does. */
package io.rolloutlab.html.sweep;

/** What the page of one run shows: its numbers, and its charts over time. */
package io.rolloutlab.html.run;

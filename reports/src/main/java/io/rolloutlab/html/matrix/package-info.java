/** What the page of a matrix shows: a table a number, and what to choose. */
package io.rolloutlab.html.matrix;

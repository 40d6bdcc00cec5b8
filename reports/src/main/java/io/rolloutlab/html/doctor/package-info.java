/** What the page of the doctor shows. */
package io.rolloutlab.html.doctor;

/** Writes a stack file with the doctor's changes beside the one that he has looked at. */
package io.rolloutlab.doctor.fix;

/** The traps that the doctor knows, one class each. */
package io.rolloutlab.doctor.rules;

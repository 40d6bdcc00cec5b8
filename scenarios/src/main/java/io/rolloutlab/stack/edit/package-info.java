/** Changes single settings in the text of a stack file; all else stays as it was written. */
package io.rolloutlab.stack.edit;

/** Secrets that the service makes for itself. */
@NullMarked
package dev.vidame.directory.secrets;

import org.jspecify.annotations.NullMarked;

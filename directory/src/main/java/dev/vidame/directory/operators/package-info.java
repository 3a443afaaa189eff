/** Who runs the service. */
@NullMarked
package dev.vidame.directory.operators;

import org.jspecify.annotations.NullMarked;

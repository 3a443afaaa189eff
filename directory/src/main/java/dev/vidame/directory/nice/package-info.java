/** Long computations that let everything else go first. */
@NullMarked
package dev.vidame.directory.nice;

import org.jspecify.annotations.NullMarked;

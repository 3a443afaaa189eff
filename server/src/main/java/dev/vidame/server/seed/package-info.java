/** Fills an empty store from a file. */
@NullMarked
package dev.vidame.server.seed;

import org.jspecify.annotations.NullMarked;

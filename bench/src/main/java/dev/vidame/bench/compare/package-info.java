/** Vidame beside systems that somebody might choose instead: {@code bench/compare}. */
@NullMarked
package dev.vidame.bench.compare;

import org.jspecify.annotations.NullMarked;

/**
 * Measures the service: each command of {@code bench/run} answers one question with figures that
 * name the machine and the commit.
 */
@NullMarked
package dev.vidame.bench;

import org.jspecify.annotations.NullMarked;

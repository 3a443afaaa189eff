/**
 * The console test app: one small class per scenario, each of which can be run by itself and read
 * as an example of the client.
 *
 * <p>Every scenario takes its partner from the environment; run one without settings to see which
 * it needs.
 */
@NullMarked
package dev.vidame.samples;

import org.jspecify.annotations.NullMarked;

/**
 * How the service grows: what accounts and changes take up, and how many of everything that needs.
 */
@NullMarked
package dev.vidame.bench.scale;

import org.jspecify.annotations.NullMarked;

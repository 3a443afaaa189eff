/**
 * Resources of the customers and users API as immutable records, with their JSON.
 *
 * <p>Reading is tolerant (names in any case, {@code null} as absent, comments, trailing commas),
 * writing is exact (lower camel case, one member order, no nulls), because the clients in use need
 * both.
 */
@NullMarked
package dev.vidame.wire;

import org.jspecify.annotations.NullMarked;

/** How often callers may ask. */
@NullMarked
package dev.vidame.server.limits;

import org.jspecify.annotations.NullMarked;

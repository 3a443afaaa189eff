/** Tokens. */
@NullMarked
package dev.vidame.server.tokens;

import org.jspecify.annotations.NullMarked;

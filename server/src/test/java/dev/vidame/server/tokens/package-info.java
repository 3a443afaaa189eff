/** Tests of the built-in issuer. */
@NullMarked
package dev.vidame.server.tokens;

import org.jspecify.annotations.NullMarked;

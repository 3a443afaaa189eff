/**
 * The built-in issuer: answers sign-ins with tokens, and says who a token speaks for. Knows nothing
 * of HTTP.
 */
@NullMarked
package dev.vidame.server.tokens;

import org.jspecify.annotations.NullMarked;

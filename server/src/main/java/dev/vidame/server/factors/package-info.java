/** What agents show beside their passwords. */
@NullMarked
package dev.vidame.server.factors;

import org.jspecify.annotations.NullMarked;

/** What the server counts. */
@NullMarked
package dev.vidame.server.metrics;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.vidame.server.tracing;

import org.jspecify.annotations.NullMarked;

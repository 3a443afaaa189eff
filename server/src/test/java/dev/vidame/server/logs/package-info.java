@NullMarked
package dev.vidame.server.logs;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.vidame.server.secrets;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.vidame.server.health;

import org.jspecify.annotations.NullMarked;

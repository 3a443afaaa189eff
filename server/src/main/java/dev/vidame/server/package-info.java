@NullMarked
package dev.vidame.server;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.vidame.bench;

import org.jspecify.annotations.NullMarked;

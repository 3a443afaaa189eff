@NullMarked
package dev.vidame.samples;

import org.jspecify.annotations.NullMarked;

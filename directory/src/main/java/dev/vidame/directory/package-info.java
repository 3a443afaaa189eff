@NullMarked
package dev.vidame.directory;

import org.jspecify.annotations.NullMarked;

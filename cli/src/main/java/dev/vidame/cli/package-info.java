/** The command line. */
@NullMarked
package dev.vidame.cli;

import org.jspecify.annotations.NullMarked;

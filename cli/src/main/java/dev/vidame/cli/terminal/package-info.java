/** What a command finds around itself: the terminal, standard input, the environment. */
@NullMarked
package dev.vidame.cli.terminal;

import org.jspecify.annotations.NullMarked;

/** How the program ends: its exit codes, and what it says of what went wrong. */
@NullMarked
package dev.vidame.cli.exit;

import org.jspecify.annotations.NullMarked;

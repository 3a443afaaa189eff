/** How answers are shown: as tables to people, as JSON and CSV to programs. */
@NullMarked
package dev.vidame.cli.output;

import org.jspecify.annotations.NullMarked;

/** What is made of the commands' own descriptions: completion scripts and manual pages. */
@NullMarked
package dev.vidame.cli.help;

import org.jspecify.annotations.NullMarked;

/** The commands of operators, who arrange a running service over its operators' routes. */
@NullMarked
package dev.vidame.cli.admin;

import org.jspecify.annotations.NullMarked;

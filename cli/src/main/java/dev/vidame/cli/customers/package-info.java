/** {@code vidame customers}. */
@NullMarked
package dev.vidame.cli.customers;

import org.jspecify.annotations.NullMarked;

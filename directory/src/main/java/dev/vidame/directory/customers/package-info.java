/** Customers, their domains, and which partner may act on them. */
@NullMarked
package dev.vidame.directory.customers;

import org.jspecify.annotations.NullMarked;

/** The routes of customers. */
@NullMarked
package dev.vidame.server.customers;

import org.jspecify.annotations.NullMarked;

/**
 * The store: transactions over SQL, and the schema's migrations.
 *
 * <p>{@link dev.vidame.directory.storage.Transactions} is the only door. SQL itself stands beside
 * the capability that needs it.
 */
@NullMarked
package dev.vidame.directory.storage;

import org.jspecify.annotations.NullMarked;

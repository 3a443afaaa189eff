/**
 * The engine, without HTTP: customers and their user accounts, partners, the journal, and the store
 * below them.
 *
 * <p>{@link dev.vidame.directory.Directory} opens a store and hands out the operations.
 */
@NullMarked
package dev.vidame.directory;

import org.jspecify.annotations.NullMarked;

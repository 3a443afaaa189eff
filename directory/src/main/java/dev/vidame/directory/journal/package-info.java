/**
 * The journal: every change of a customer's directory, in order, chained by hashes.
 *
 * <p>From it come the audit records, the answers to repeated requests, and an account as it was at
 * an earlier time.
 */
@NullMarked
package dev.vidame.directory.journal;

import org.jspecify.annotations.NullMarked;

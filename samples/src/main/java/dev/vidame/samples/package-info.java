/**
 * The console test app: one small class per scenario, each of which can be run by itself and read
 * as an example of the client.
 *
 * <ul>
 *   <li>{@link dev.vidame.samples.CustomerUserCreate} creates an account,
 *   <li>{@link dev.vidame.samples.CustomerUserGet} reads one,
 *   <li>{@link dev.vidame.samples.CustomerUserList} lists them,
 *   <li>{@link dev.vidame.samples.CustomerUserUpdate} updates one,
 *   <li>{@link dev.vidame.samples.CustomerUserResetPassword} gives one a password,
 *   <li>{@link dev.vidame.samples.CustomerUserRoles} gives one a directory role and takes it,
 *   <li>{@link dev.vidame.samples.CustomerUserLicenses} assigns one a licence and removes it,
 *   <li>{@link dev.vidame.samples.CustomerUserDelete} deletes one,
 *   <li>{@link dev.vidame.samples.CustomerDeletedUsers} lists those that are deleted,
 *   <li>{@link dev.vidame.samples.CustomerUserRestore} restores one,
 *   <li>{@link dev.vidame.samples.CustomerUserAudit} lists what was done, and by whom.
 *   <li>{@link dev.vidame.samples.CustomerChanges} reads what changed, one change after the other.
 * </ul>
 *
 * <p>Every scenario takes its partner from the environment; run one without settings to see which
 * it needs.
 */
@NullMarked
package dev.vidame.samples;

import org.jspecify.annotations.NullMarked;

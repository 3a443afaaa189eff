/** Audit records: who did, or tried, what (wire-spec §6). */
@NullMarked
package dev.vidame.server.audit;

import org.jspecify.annotations.NullMarked;

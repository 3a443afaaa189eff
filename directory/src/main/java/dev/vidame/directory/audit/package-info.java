/**
 * What a partner's people and applications did, and what they tried: the journal and the requests
 * that were refused, as one list.
 */
@NullMarked
package dev.vidame.directory.audit;

import org.jspecify.annotations.NullMarked;

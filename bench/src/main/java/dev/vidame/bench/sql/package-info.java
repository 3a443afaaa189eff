/** What SQL libraries cost the founding operation, against statements written by hand. */
@NullMarked
package dev.vidame.bench.sql;

import org.jspecify.annotations.NullMarked;

/** Lists on the wire: pages, their links, and the tokens that lead from one to the next. */
@NullMarked
package dev.vidame.server.paging;

import org.jspecify.annotations.NullMarked;

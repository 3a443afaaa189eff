/** Lists that are read page by page. */
@NullMarked
package dev.vidame.directory.paging;

import org.jspecify.annotations.NullMarked;

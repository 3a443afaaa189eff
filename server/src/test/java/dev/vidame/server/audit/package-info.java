@NullMarked
package dev.vidame.server.audit;

import org.jspecify.annotations.NullMarked;
